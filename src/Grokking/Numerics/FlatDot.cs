using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Σ x_i·y_i of two flat buffers, summed in double: product i goes to lane i mod 16, the lanes fold by halves, 16 → 8 → 4 → 2 → 1.</summary>
/// <remarks>A product of two floats is exact in double and cannot overflow there.</remarks>
public static class FlatDot
{
    /// <summary>The definition, one product at a time. Tests hold the vector path to it.</summary>
    public static double Reference(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> sums = stackalloc double[Lanes.Count];
        sums.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % Lanes.Count] = Math.FusedMultiplyAdd((double)x[i], y[i], sums[i % Lanes.Count]);
        }

        return Lanes.FoldReference(sums);
    }

    /// <summary>The same bits, 16 products at a time.</summary>
    /// <param name="x">(N).</param>
    /// <param name="y">(N).</param>
    public static double Compute(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Debug.Assert(x.Length == y.Length, "Lengths do not fit.");
        int whole = x.Length - (x.Length % Lanes.Count);
        ref float x_0 = ref MemoryMarshal.GetReference(x);
        ref float y_0 = ref MemoryMarshal.GetReference(y);
        Vector512<double> lower = Vector512<double>.Zero, upper = Vector512<double>.Zero;
        for (int i = 0; i < whole; i += Lanes.Count)
        {
            (Vector512<double> xLower, Vector512<double> xUpper) = Vector512.Widen(Vector512.LoadUnsafe(ref x_0, (nuint)i));
            (Vector512<double> yLower, Vector512<double> yUpper) = Vector512.Widen(Vector512.LoadUnsafe(ref y_0, (nuint)i));
            lower = Vector512.FusedMultiplyAdd(xLower, yLower, lower);
            upper = Vector512.FusedMultiplyAdd(xUpper, yUpper, upper);
        }

        Span<double> sums = stackalloc double[Lanes.Count];
        lower.CopyTo(sums);
        upper.CopyTo(sums[(Lanes.Count / 2)..]);
        for (int i = whole; i < x.Length; i++)
        {
            sums[i - whole] = Math.FusedMultiplyAdd((double)x[i], y[i], sums[i - whole]);
        }

        return Lanes.FoldReference(sums);
    }
}

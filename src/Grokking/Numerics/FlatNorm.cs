using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>‖x‖₂ of a flat buffer, summed in double: value i goes to lane i mod 16, the lanes fold by halves, 16 → 8 → 4 → 2 → 1.</summary>
/// <remarks>A square of a float is exact in double and cannot overflow there, so only NaN or infinite values give a norm that is not finite.</remarks>
public static class FlatNorm
{
    private const int Lanes = 16;

    /// <summary>The definition, one value at a time. Tests hold the vector path to it.</summary>
    public static double Reference(ReadOnlySpan<float> values)
    {
        Span<double> sums = stackalloc double[Lanes];
        for (int i = 0; i < values.Length; i++)
        {
            double x = values[i];
            sums[i % Lanes] = Math.FusedMultiplyAdd(x, x, sums[i % Lanes]);
        }

        return Fold(sums);
    }

    /// <summary>The same bits, 16 values at a time. NaN or infinite where a value is.</summary>
    public static double Compute(ReadOnlySpan<float> values)
    {
        int whole = values.Length - (values.Length % Lanes);
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector512<double> lower = Vector512<double>.Zero;
        Vector512<double> upper = Vector512<double>.Zero;
        for (int i = 0; i < whole; i += Lanes)
        {
            (Vector512<double> x, Vector512<double> y) = Vector512.Widen(Vector512.LoadUnsafe(ref start, (nuint)i));
            lower = Vector512.FusedMultiplyAdd(x, x, lower);
            upper = Vector512.FusedMultiplyAdd(y, y, upper);
        }

        Span<double> sums = stackalloc double[Lanes];
        lower.CopyTo(sums);
        upper.CopyTo(sums[(Lanes / 2)..]);
        for (int i = whole; i < values.Length; i++)
        {
            double x = values[i];
            sums[i - whole] = Math.FusedMultiplyAdd(x, x, sums[i - whole]);
        }

        return Fold(sums);
    }

    private static double Fold(Span<double> sums)
    {
        for (int width = Lanes / 2; width > 0; width /= 2)
        {
            for (int lane = 0; lane < width; lane++)
            {
                sums[lane] += sums[lane + width];
            }
        }

        return Math.Sqrt(sums[0]);
    }
}

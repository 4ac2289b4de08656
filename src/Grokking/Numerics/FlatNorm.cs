using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>‖x‖₂ of a flat buffer, summed in double: value i goes to lane i mod 16, the lanes fold by halves, 16 → 8 → 4 → 2 → 1.</summary>
/// <remarks>A square of a float is exact in double and cannot overflow there, so only NaN or infinite values give a norm that is not finite.</remarks>
public static class FlatNorm
{
    private const int Lanes = 16;
    private const uint Magnitude = 0x7FFF_FFFF;
    private const uint Infinity = 0x7F80_0000;

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

    /// <summary>Whether <see cref="Compute"/> would be finite: no value is NaN or infinite. Cheaper, for it adds nothing up.</summary>
    public static bool IsFinite(ReadOnlySpan<float> values)
    {
        // Without its sign a float's bits grow with it; infinity and, above it, NaN have the largest exponent.
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        ref uint start = ref MemoryMarshal.GetReference(bits);
        int whole = bits.Length - (bits.Length % (2 * Lanes));
        Vector512<uint> even = Vector512<uint>.Zero, odd = Vector512<uint>.Zero, magnitude = Vector512.Create(Magnitude);
        for (int i = 0; i < whole; i += 2 * Lanes)
        {
            even = Vector512.Max(even, Vector512.LoadUnsafe(ref start, (nuint)i) & magnitude);
            odd = Vector512.Max(odd, Vector512.LoadUnsafe(ref start, (nuint)(i + Lanes)) & magnitude);
        }

        bool finite = Vector512.LessThanAll(Vector512.Max(even, odd), Vector512.Create(Infinity));
        for (int i = whole; i < bits.Length; i++)
        {
            finite &= (bits[i] & Magnitude) < Infinity;
        }

        return finite;
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

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>‖x‖₂ of a flat buffer, the root of its <see cref="FlatDot"/> with itself.</summary>
/// <remarks>A square of a float cannot overflow in double, so only NaN or infinite values give a norm that is not finite.</remarks>
public static class FlatNorm
{
    private const uint Magnitude = 0x7FFF_FFFF;
    private const uint Infinity = 0x7F80_0000;

    /// <summary>The definition, one value at a time.</summary>
    public static double Reference(ReadOnlySpan<float> values) => Math.Sqrt(FlatDot.Reference(values, values));

    /// <summary>The same bits, 16 values at a time. NaN or infinite where a value is.</summary>
    public static double Compute(ReadOnlySpan<float> values) => Math.Sqrt(FlatDot.Compute(values, values));

    /// <summary>Whether <see cref="Compute"/> would be finite: no value is NaN or infinite. Cheaper, for it adds nothing up.</summary>
    public static bool IsFinite(ReadOnlySpan<float> values)
    {
        // Without its sign a float's bits grow with it; infinity and, above it, NaN have the largest exponent.
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        ref uint start = ref MemoryMarshal.GetReference(bits);
        int whole = bits.Length - (bits.Length % (2 * Lanes.Count));
        Vector512<uint> even = Vector512<uint>.Zero, odd = Vector512<uint>.Zero, magnitude = Vector512.Create(Magnitude);
        for (int i = 0; i < whole; i += 2 * Lanes.Count)
        {
            even = Vector512.Max(even, Vector512.LoadUnsafe(ref start, (nuint)i) & magnitude);
            odd = Vector512.Max(odd, Vector512.LoadUnsafe(ref start, (nuint)(i + Lanes.Count)) & magnitude);
        }

        bool finite = Vector512.LessThanAll(Vector512.Max(even, odd), Vector512.Create(Infinity));
        for (int i = whole; i < bits.Length; i++)
        {
            finite &= (bits[i] & Magnitude) < Infinity;
        }

        return finite;
    }
}

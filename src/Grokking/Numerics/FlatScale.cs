using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>x ← c·x over a flat buffer.</summary>
public static class FlatScale
{
    /// <summary>Multiplies every value, one rounding each.</summary>
    /// <param name="values">Changed in place.</param>
    /// <param name="factor">c.</param>
    public static void Apply(Span<float> values, float factor)
    {
        int whole = values.Length - (values.Length % Vector512<float>.Count);
        ref float start = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < whole; i += Vector512<float>.Count)
        {
            (Vector512.LoadUnsafe(ref start, (nuint)i) * Vector512.Create(factor)).StoreUnsafe(ref start, (nuint)i);
        }

        for (int i = whole; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}

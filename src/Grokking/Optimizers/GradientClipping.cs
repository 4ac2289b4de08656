using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grokking.Numerics;

namespace Grokking.Optimizers;

/// <summary>Clipping by the Euclidean norm of the whole gradient.</summary>
public static class GradientClipping
{
    /// <summary>Scales the gradient by maxNorm/‖g‖ where ‖g‖ &gt; maxNorm and returns ‖g‖ from before.</summary>
    /// <param name="gradient">Changed in place. Left as it is where the norm is NaN or infinite, which the caller sees in the result.</param>
    /// <param name="maxNorm">&gt; 0, finite.</param>
    public static double Clip(Span<float> gradient, double maxNorm)
    {
        Require.Positive(maxNorm, nameof(maxNorm));
        double norm = FlatNorm.Compute(gradient);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            Scale(gradient, (float)(maxNorm / norm));
        }

        return norm;
    }

    private static void Scale(Span<float> values, float factor)
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

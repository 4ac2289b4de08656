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
            FlatScale.Apply(gradient, (float)(maxNorm / norm));
        }

        return norm;
    }
}

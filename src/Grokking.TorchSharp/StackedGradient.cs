using Grokking.Models;
using Grokking.Optimizers;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>What happens to the gradients (R, P) of R runs between the backward pass and the update, each run by itself.</summary>
internal static class StackedGradient
{
    /// <summary>(R) bool: whether all of a run's gradient is finite.</summary>
    public static Tensor IsFinite(Tensor gradient) => gradient.abs().amax([1L]).isfinite();

    /// <summary>Scales each gradient down to the norm of its run where it is longer.</summary>
    /// <param name="gradient">(R, P).</param>
    /// <param name="maxNorms">(R) &gt; 0; infinite for a run that is not clipped.</param>
    public static Tensor Clip(Tensor gradient, Tensor maxNorms)
    {
        Tensor norms = Norms(gradient), limits = maxNorms.to(ScalarType.Float64);
        Tensor factors = where(norms > limits, limits / norms, ones_like(norms));
        return gradient * factors.to(ScalarType.Float32).unsqueeze(1L);
    }

    /// <summary>(R) double: the Euclidean norm of each row.</summary>
    public static Tensor Norms(Tensor rows)
    {
        Tensor wide = rows.to(ScalarType.Float64);
        return (wide * wide).sum([1L]).sqrt();
    }

    /// <summary>Tensor by tensor, g ← g⊥·‖g‖/‖g⊥‖ with g⊥ = g − (w·g / w·w)·w: ⊥Grad of Prieto et al. 2025.</summary>
    /// <param name="layout">The tensors of one run.</param>
    /// <param name="parameters">(R, P) w.</param>
    /// <param name="gradient">(R, P) g.</param>
    public static Tensor MakeOrthogonal(ParameterLayout layout, Tensor parameters, Tensor gradient)
    {
        long[] counts = [.. layout.Tensors.Select(tensor => (long)tensor.Count)];
        Tensor[] weights = parameters.split(counts, 1L), gradients = gradient.split(counts, 1L);
        return cat([.. weights.Zip(gradients, MakeOrthogonal)], 1L);
    }

    private static Tensor MakeOrthogonal(Tensor weights, Tensor gradient)
    {
        Tensor w = weights.to(ScalarType.Float64), g = gradient.to(ScalarType.Float64);
        Tensor along = Dot(w, g) / Dot(w, w).Plus(GradientProjection.Tiny);
        Tensor rest = (g - (along * w)).to(ScalarType.Float32);

        // Where nothing at all remains the quotient may be no float, and 0 times ∞ no number.
        Tensor wideRest = rest.to(ScalarType.Float64);
        Tensor scale = (Dot(g, g).sqrt() / Dot(wideRest, wideRest).sqrt().Plus(GradientProjection.Tiny)).clamp(max: Held.Real(float.MaxValue));
        return rest * scale.to(ScalarType.Float32);
    }

    // (R, n) and (R, n) to (R, 1).
    private static Tensor Dot(Tensor x, Tensor y) => (x * y).sum([1L], keepdim: true);
}

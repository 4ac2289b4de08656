using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Optimizers;

/// <summary>⊥Grad of Prieto et al. 2025, §5: the part of the gradient along the weights only scales the outputs up, so it is taken out.</summary>
public static class GradientProjection
{
    /// <summary>As in the released code: a tensor of zeros has no direction, a gradient along the weights no remainder.</summary>
    internal const double Tiny = 1e-30;

    /// <summary>Tensor by tensor, g ← g⊥·‖g‖/‖g⊥‖ with g⊥ = g − (w·g / w·w)·w.</summary>
    /// <param name="layout">The tensors.</param>
    /// <param name="parameters">(P) w.</param>
    /// <param name="gradient">(P) g, changed in place.</param>
    public static void MakeOrthogonal(ParameterLayout layout, ReadOnlySpan<float> parameters, Span<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(layout);
        UpdateArguments.CheckLength(parameters.Length, layout.Count, nameof(parameters));
        UpdateArguments.CheckLength(gradient.Length, layout.Count, nameof(gradient));
        for (int t = 0; t < layout.Tensors.Count; t++)
        {
            MakeOrthogonal(layout.Tensors[t].In(parameters), layout.Tensors[t].In(gradient));
        }
    }

    private static void MakeOrthogonal(ReadOnlySpan<float> w, Span<float> g)
    {
        double before = FlatNorm.Compute(g), along = FlatDot.Compute(w, g) / (FlatDot.Compute(w, w) + Tiny);
        for (int i = 0; i < g.Length; i++)
        {
            g[i] = (float)Math.FusedMultiplyAdd(-along, w[i], g[i]);
        }

        // Where nothing at all remains the quotient may be no float, and 0 times ∞ no number.
        float scale = (float)Math.Min(before / (FlatNorm.Compute(g) + Tiny), float.MaxValue);
        for (int i = 0; i < g.Length; i++)
        {
            g[i] *= scale;
        }
    }
}

using Grokking.Models;

namespace Grokking.Optimizers;

/// <summary>Adam with decoupled weight decay.</summary>
public sealed record AdamW : OptimizerConfig
{
    /// <inheritdoc/>
    public override void Validate()
    {
    }

    /// <inheritdoc/>
    public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) => throw new NotSupportedException();
}

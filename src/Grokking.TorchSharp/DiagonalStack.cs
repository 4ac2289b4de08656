using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The forward pass of R diagonal linear networks: the same function as <see cref="DiagonalNetwork"/>.</summary>
/// <param name="layout">Of one run: u and v.</param>
internal sealed class DiagonalStack(ParameterLayout layout) : StackedModel
{
    /// <inheritdoc/>
    public override ParameterLayout Layout => layout;

    /// <inheritdoc/>
    public override Tensor Outputs(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep = null)
    {
        // f = Σ (u² − v²)·x; the logits of the two classes are 0 and f.
        Tensor[] halves = parameters.chunk(2L, 1L);
        Tensor slope = (halves[0] * halves[0]) - (halves[1] * halves[1]);
        Tensor f = StackedWeights.Gather(constants.Inputs!, tokens.squeeze(-1)).bmm(slope.unsqueeze(2));
        return cat([zeros_like(f), f], 2L).unsqueeze(2L);
    }
}

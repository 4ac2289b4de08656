using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The gradients of R runs, tensor by tensor, until they are one.</summary>
/// <param name="layout">The tensors of one run.</param>
internal sealed class GradientParts(ParameterLayout layout)
{
    private readonly Dictionary<ParameterTensor, Tensor> _parts = [];  // (R, elements)

    /// <summary>Adds to the gradient of a tensor.</summary>
    /// <param name="tensor">Which.</param>
    /// <param name="part">(R, …) with as many elements a run as the tensor has; not to be used afterwards.</param>
    public void Add(ParameterTensor tensor, Tensor part)
    {
        Tensor flat = part.reshape(part.shape[0], tensor.Count);
        _parts[tensor] = _parts.TryGetValue(tensor, out Tensor? before) ? before.Increase(flat) : flat;
    }

    /// <summary>(R, P) when every tensor has a gradient.</summary>
    public Tensor Whole() => cat([.. layout.Tensors.Select(tensor => _parts[tensor])], 1L);
}

using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The weights of R runs by their places in the one tensor (R, P) that holds them all.</summary>
internal sealed class StackedWeights
{
    private readonly Dictionary<ParameterTensor, Tensor> _views = [];

    /// <summary>Cuts the rows into tensors.</summary>
    /// <param name="layout">The tensors of one run, P elements in all.</param>
    /// <param name="parameters">(R, P).</param>
    public StackedWeights(ParameterLayout layout, Tensor parameters)
    {
        // One split, not a narrow for each weight: its gradient is one concatenation, theirs a full-sized sum each.
        Tensor[] parts = parameters.split([.. layout.Tensors.Select(tensor => (long)tensor.Count)], 1L);
        for (int t = 0; t < parts.Length; t++)
        {
            ParameterTensor tensor = layout.Tensors[t];
            bool isVector = tensor.Columns == 1;
            _views.Add(tensor, parts[t].view(parameters.shape[0], isVector ? 1 : tensor.Rows, isVector ? tensor.Rows : tensor.Columns));
        }
    }

    /// <summary>(R, rows, columns) of a matrix, (R, 1, n) of a vector.</summary>
    public Tensor this[ParameterTensor tensor] => _views[tensor];
}

using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The weights of R runs by their places in the one tensor (R, P) that holds them all.</summary>
internal sealed class StackedWeights
{
    private readonly Dictionary<ParameterTensor, Tensor> _parts = [];  // (R, elements)

    /// <summary>Cuts the rows into tensors.</summary>
    /// <param name="layout">The tensors of one run, P elements in all.</param>
    /// <param name="parameters">(R, P).</param>
    public StackedWeights(ParameterLayout layout, Tensor parameters)
    {
        // One split, not a narrow for each weight: its gradient is one concatenation, theirs a full-sized sum each.
        Tensor[] parts = parameters.split([.. layout.Tensors.Select(tensor => (long)tensor.Count)], 1L);
        for (int t = 0; t < parts.Length; t++)
        {
            _parts.Add(layout.Tensors[t], parts[t]);
        }
    }

    /// <summary>(R, rows, columns).</summary>
    public Tensor Matrix(ParameterTensor tensor) => _parts[tensor].view(-1, tensor.Rows, tensor.Columns);

    /// <summary>(R, 1, n).</summary>
    public Tensor Vector(ParameterTensor tensor) => _parts[tensor].unsqueeze(1L);

    /// <summary>Rows of a matrix of each run: (R, …, columns) by places (R, …) int64 in [0, rows).</summary>
    public Tensor Gather(ParameterTensor tensor, Tensor places) => Gather(Matrix(tensor), places);

    /// <summary>The same of matrices (R, rows, columns) that are no weights.</summary>
    public static Tensor Gather(Tensor matrices, Tensor places)
    {
        long R = places.shape[0], rows = matrices.shape[1], columns = matrices.shape[2];
        return matrices.reshape(R * rows, columns).index_select(0L, Among(places, rows)).view([.. places.shape, columns]);
    }

    /// <summary>The gradient of <see cref="Gather(Tensor, Tensor)"/>: the sums of rows (R, …, columns) by place, (R, count, columns).</summary>
    public static Tensor Scatter(Tensor rows, Tensor places, long count)
    {
        long R = places.shape[0], columns = rows.shape[^1];
        Tensor sums = zeros([R * count, columns], dtype: rows.dtype, device: rows.device);
        return sums.index_add_(0L, Among(places, count), rows.reshape(-1, columns), Held.Integer(1)).view(R, count, columns);
    }

    // Run r's row v is row r·rows + v of all matrices below each other.
    private static Tensor Among(Tensor places, long rows)
    {
        long R = places.shape[0];
        long[] perRun = [R, .. Enumerable.Repeat(1L, places.shape.Length - 1)];
        return places.Plus(Held.Multiples(R, rows, places.device).view(perRun)).view(-1);
    }
}

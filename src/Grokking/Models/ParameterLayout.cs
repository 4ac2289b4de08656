namespace Grokking.Models;

/// <summary>One named tensor inside the flat parameter buffer: row-major (Rows, Columns), Columns = 1 for a vector.</summary>
/// <param name="Name">The field's symbol with its layer, e.g. "blocks.0.W_Q".</param>
/// <param name="Offset">Index of the first element in the flat buffer.</param>
/// <param name="Rows">Rows; for a weight matrix the input width.</param>
/// <param name="Columns">Columns; for a weight matrix the output width.</param>
public sealed record ParameterTensor(string Name, int Offset, int Rows, int Columns)
{
    /// <summary>Number of elements.</summary>
    public int Count => Rows * Columns;

    /// <summary>Whether it holds token embeddings: W_E, or W_E.t of position t. They come first in a layout.</summary>
    public bool IsEmbedding => Name.StartsWith("W_E", StringComparison.Ordinal);

    /// <summary>This tensor's elements within a flat buffer of the layout.</summary>
    public Span<float> In(Span<float> buffer) => buffer.Slice(Offset, Count);

    /// <inheritdoc cref="In(Span{float})"/>
    public ReadOnlySpan<float> In(ReadOnlySpan<float> buffer) => buffer.Slice(Offset, Count);
}

/// <summary>
/// Where each weight lies in the one flat buffer that holds all parameters. Gradients, optimiser state and snapshots use the same layout,
/// so an update is one loop and comparing two models is one comparison.
/// </summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterTensor> _tensors = [];

    /// <summary>The tensors in the order of their offsets, without gaps.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>Number of parameters in all.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a tensor and returns its place.</summary>
    public ParameterTensor Add(string name, int rows, int columns = 1)
    {
        var tensor = new ParameterTensor(name, Count, rows, columns);
        _tensors.Add(tensor);
        Count += tensor.Count;
        return tensor;
    }
}

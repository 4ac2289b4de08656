using Grokking.Models;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>
/// A model's weights by our names, and the cuts and turns that make another library's tensors of them. Ours are row-major with y = x·W; heads
/// lie side by side in the columns of W_Q, W_K and W_V and in the rows of W_O.
/// </summary>
internal sealed class ModelWeights
{
    private const string TokenEmbedding = "W_E";

    private readonly Dictionary<string, NamedTensor> _tensors;

    /// <summary>The weights of a model.</summary>
    /// <param name="config">The model; valid.</param>
    /// <param name="length">T, the tokens of one sequence, ≥ 1.</param>
    /// <param name="tensors">Exactly those of the model's layout, by its names.</param>
    /// <exception cref="ArgumentException">They are not: the message names the first that is missing, misshapen or unknown.</exception>
    public ModelWeights(TransformerConfig config, int length, IReadOnlyList<NamedTensor> tensors)
    {
        Config = config;
        Length = length;
        _tensors = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        VocabularySize = _tensors.GetValueOrDefault(TokenEmbedding) is { Shape: [int rows, _] } ? rows : 0;
        if (VocabularySize < 2)
        {
            throw new ArgumentException($"The weights have no {TokenEmbedding} of two rows or more.", nameof(tensors));
        }

        IReadOnlyList<ParameterTensor> layout = new Transformer(config, VocabularySize, length, [length - 1], maxExamples: 1).Layout.Tensors;
        foreach (ParameterTensor place in layout)
        {
            if (!_tensors.TryGetValue(place.Name, out NamedTensor? tensor) || !tensor.Shape.SequenceEqual(ShapeOf(place)) || tensor.Values.Length != place.Count)
            {
                throw new ArgumentException($"The weights have no {place.Name} of shape ({string.Join(", ", ShapeOf(place))}).", nameof(tensors));
            }
        }

        if (_tensors.Count > layout.Count)
        {
            string unknown = _tensors.Keys.First(name => layout.All(place => !string.Equals(place.Name, name, StringComparison.Ordinal)));
            throw new ArgumentException($"The weights have a tensor {unknown}, which this model has not.", nameof(tensors));
        }

        Tensors = [.. layout.Select(place => _tensors[place.Name])];
    }

    /// <summary>The model.</summary>
    public TransformerConfig Config { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>V.</summary>
    public int VocabularySize { get; }

    /// <summary>All tensors under our names, in the order of the layout.</summary>
    public IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>Our tensor under another name.</summary>
    public NamedTensor Same(string name, string ours) => _tensors[ours] with { Name = name };

    /// <summary>Our tensor under another name; where the model has none, one filled with what it would do nothing with.</summary>
    public NamedTensor SameOr(string name, string ours, float neutral, params int[] shape)
    {
        if (_tensors.TryGetValue(ours, out NamedTensor? tensor))
        {
            return new NamedTensor(name, shape, tensor.Values);
        }

        float[] values = new float[shape.Aggregate(1, (product, length) => product * length)];
        Array.Fill(values, neutral);
        return new NamedTensor(name, shape, values);
    }

    /// <summary>(in, out) as (out, in), which is how a linear layer of PyTorch keeps its weight.</summary>
    public NamedTensor Transposed(string name, string ours)
    {
        NamedTensor tensor = _tensors[ours];
        return Turned(name, tensor, firstColumn: 0, tensor.Shape[1]);
    }

    /// <summary>The columns of one head, (d_model, d_head), as (d_head, d_model).</summary>
    public NamedTensor HeadTransposed(string name, string ours, int head) =>
        Turned(name, _tensors[ours], head * Config.DHead, Config.DHead);

    /// <summary>(d_model, d_model) as (heads, d_model, d_head): the columns of each head.</summary>
    public NamedTensor HeadColumns(string name, string ours)
    {
        ReadOnlySpan<float> from = _tensors[ours].Values.Span;
        int d = Config.DModel, dHead = Config.DHead;
        float[] to = new float[from.Length];
        for (int h = 0; h < Config.NHeads; h++)
        {
            for (int row = 0; row < d; row++)
            {
                from.Slice((row * d) + (h * dHead), dHead).CopyTo(to.AsSpan(((h * d) + row) * dHead));
            }
        }

        return new NamedTensor(name, [Config.NHeads, d, dHead], to);
    }

    /// <summary>(d_model, d_model) as (heads, d_head, d_model): the rows of each head, which lie together as they are.</summary>
    public NamedTensor HeadRows(string name, string ours) =>
        new(name, [Config.NHeads, Config.DHead, Config.DModel], _tensors[ours].Values);

    /// <summary>What is added to the token embedding at each position: the trained table, or the fixed sines and cosines.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="length">Positions; with a trained table its own number.</param>
    public NamedTensor Positions(string name, int length)
    {
        if (Config.Positions == PositionKind.Learned)
        {
            return Same(name, "W_pos");
        }

        float[] table = new float[length * Config.DModel];
        for (int t = 0; t < length; t++)
        {
            SinusoidalPositions.Fill(table.AsSpan(t * Config.DModel, Config.DModel), t);
        }

        return new NamedTensor(name, [length, Config.DModel], table);
    }

    private static NamedTensor Turned(string name, NamedTensor tensor, int firstColumn, int columns)
    {
        ReadOnlySpan<float> from = tensor.Values.Span;
        int rows = tensor.Shape[0], width = tensor.Shape[1];
        float[] to = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                to[(column * rows) + row] = from[(row * width) + firstColumn + column];
            }
        }

        return new NamedTensor(name, [columns, rows], to);
    }

    private static int[] ShapeOf(ParameterTensor place) => place.Columns == 1 ? [place.Rows] : [place.Rows, place.Columns];
}

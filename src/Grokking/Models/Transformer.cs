using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The decoder-only causal transformer, each distinct prefix of a batch computed once.</summary>
public sealed class Transformer : Model
{
    private readonly TransformerConfig _config;
    private readonly TransformerWeights _weights;
    private readonly int _length;
    private readonly int[] _readPositions;
    private readonly int _maxExamples;
    private readonly PrefixTrie _shared;
    private readonly PrefixTrie _training;
    private readonly TransformerBlock[] _blocks;
    private readonly Norm? _finalNorm;
    private readonly Linear _unembedding;
    private readonly Matrix _positions;   // (T, d_model) fixed positions
    private readonly Matrix _embedded;    // (inputs, d_model)
    private readonly Matrix _final;       // (reads, d_model) after the final norm, where there is one
    private readonly Matrix _logits;      // (reads, V), in the backward pass their gradient
    private readonly Matrix _dUpper;      // (nodes, d_model) gradient at a block's output
    private readonly Matrix _dLower;      // (nodes, d_model) gradient at its input
    private readonly BackwardScratch _scratch;
    private readonly OutputLoss _loss;
    private readonly float[] _living;     // (P) the parameters without the smallest

    /// <summary>Room for one model and its batches.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per sequence, ≥ 1.</param>
    /// <param name="readPositions">The positions whose next token is scored, ascending, in [0, T).</param>
    /// <param name="maxExamples">B, the most sequences of one pass, ≥ 1.</param>
    /// <param name="loss">Over the V logits; null is softmax cross-entropy.</param>
    public Transformer(
        TransformerConfig config, int vocabularySize, int length, IReadOnlyList<int> readPositions, int maxExamples, OutputLoss? loss = null)
    {
        config.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExamples, 1);
        _config = config;
        _length = length;
        _maxExamples = maxExamples;
        _readPositions = [.. readPositions];
        _weights = new TransformerWeights(config, vocabularySize, length);
        int d = config.DModel, reads = _readPositions.Length;
        _shared = new PrefixTrie(maxExamples, length, vocabularySize, reads, config.NLayers, share: true);
        _training = config.Dropout > 0 ? new PrefixTrie(maxExamples, length, vocabularySize, reads, config.NLayers, share: false) : _shared;

        int nodes = Math.Max(_shared.MaxNodes, _shared.MaxReads);
        _blocks = [.. _weights.Blocks.Select((weights, l) => new TransformerBlock(
            config, weights, l == 0 ? _shared.MaxInputs : _shared.MaxNodes, l == config.NLayers - 1 ? _shared.MaxReads : _shared.MaxNodes, length))];
        KeepMasks = config.Dropout > 0 ? [.. _weights.Blocks.Select(_ => new Matrix(nodes, d))] : [];
        _finalNorm = config.FinalNorm ? new Norm(_weights.FinalNorm, _shared.MaxReads) : null;
        _unembedding = new Linear(_weights.Unembedding);
        _positions = Sinusoids(length, d);
        _embedded = new Matrix(_shared.MaxInputs, d);
        _final = new Matrix(config.FinalNorm ? _shared.MaxReads : 1, d);
        _logits = new Matrix(_shared.MaxReads, vocabularySize);
        _dUpper = new Matrix(nodes, d);
        _dLower = new Matrix(nodes, d);
        _scratch = new BackwardScratch(config, nodes, vocabularySize);
        _living = new float[Layout.Count];
        _loss = loss ?? OutputLoss.CrossEntropy(vocabularySize);
        Require.Holds(_loss.Width == vocabularySize, _loss.Width, nameof(loss), $"over {vocabularySize} classes");
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _weights.Layout;

    /// <summary>
    /// One matrix a block, (B·T or, in the last block, reads; d_model): the factors of the next training pass, 0 or 1/(1 − p). Row t·B + b belongs to
    /// position t of example b; in the last block rows follow the scored tokens, example by example. Empty without dropout.
    /// </summary>
    internal IReadOnlyList<Matrix> KeepMasks { get; }

    /// <summary>Rows of the widest block in the last pass: distinct prefixes, or all positions where nothing is shared.</summary>
    internal int NodeCount => _shared.NodeCount;

    /// <inheritdoc/>
    public override void Initialize(ulong seed, Span<float> parameters) => new Initialization(_config, seed).Draw(_weights, parameters);

    /// <inheritdoc/>
    public override void DrawDropout(RandomStream stream, int examples)
    {
        for (int l = 0; l < KeepMasks.Count; l++)
        {
            int rows = examples * (l == KeepMasks.Count - 1 ? _readPositions.Length : _length);
            for (int row = 0; row < rows; row++)
            {
                stream.FillKeepMask(KeepMasks[l].Row(row), _config.Dropout);
            }
        }
    }

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        Subnormals.CopyWithout(SmallestWeight, parameters, _living);
        foreach (TransformerBlock block in _blocks)
        {
            block.Load(_living, forTraining);
        }

        _unembedding.Load(_living, forTraining);
    }

    /// <inheritdoc/>
    public override Scores Evaluate(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        int N = tokens.Length / _length, reads = _readPositions.Length;
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < N; first += _maxExamples)
        {
            int count = Math.Min(_maxExamples, N - first);
            Forward(parameters, _shared, tokens.Slice(first * _length, count * _length), dropout: false);
            for (int b = 0; b < count; b++)
            {
                bool right = true;
                for (int r = 0; r < reads; r++)
                {
                    int row = (b * reads) + r;
                    (double rowLoss, bool rowRight) = _loss.Forward(_logits, row, targets[(first * reads) + row]);
                    loss += rowLoss;
                    right &= rowRight;
                }

                correct += right ? 1 : 0;
            }
        }

        return new Scores(loss / (N * reads), correct);
    }

    /// <inheritdoc/>
    public override Scores LossAndGradient(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, Span<float> gradient)
    {
        PrefixTrie trie = _training;
        Matrix final = Forward(parameters, trie, tokens, dropout: true);
        int reads = targets.Length;
        Scores scores = LogitGradient(targets);

        _unembedding.WeightGradient(final, _logits, reads, gradient, _scratch.Weight);
        Matrix upper = _dUpper, lower = _dLower;
        _unembedding.InputGradient(_logits, upper, 0, reads, accumulate: false);
        if (_finalNorm is not null)
        {
            _finalNorm.ClearGradient(gradient);
            _finalNorm.Backward(parameters, _blocks[^1].Output, upper, 0, reads, gradient);
        }

        for (int l = _blocks.Length - 1; l >= 0; l--)
        {
            Matrix x = l == 0 ? _embedded : _blocks[l - 1].Output;
            _blocks[l].Backward(parameters, trie.Blocks[l], x, KeepMask(l), upper, lower, gradient, _scratch);
            (upper, lower) = (lower, upper);
        }

        EmbeddingGradient(trie, upper, gradient);
        return scores;
    }

    private static Matrix Sinusoids(int length, int dModel)
    {
        var table = new Matrix(length, dModel);
        for (int t = 0; t < length; t++)
        {
            SinusoidalPositions.Fill(table.Row(t), t);
        }

        return table;
    }

    private Matrix Forward(ReadOnlySpan<float> parameters, PrefixTrie trie, ReadOnlySpan<int> tokens, bool dropout)
    {
        trie.Build(tokens, _readPositions);
        for (int row = 0; row < trie.InputCount; row++)
        {
            ReadOnlySpan<float> embedding = _weights.TokenEmbedding.In(parameters).Slice(trie.InputToken[row] * _config.DModel, _config.DModel);
            embedding.CopyTo(_embedded.Row(row));
            Lanes.Add(Position(parameters, trie.InputPosition[row]), _embedded.Row(row));
        }

        Matrix x = _embedded;
        for (int l = 0; l < _blocks.Length; l++)
        {
            _blocks[l].Forward(parameters, trie.Blocks[l], x, dropout ? KeepMask(l) : null);
            x = _blocks[l].Output;
        }

        int reads = trie.Blocks[^1].OutputCount;
        if (_finalNorm is not null)
        {
            _finalNorm.Forward(parameters, x, _final, 0, reads);
            x = _final;
        }

        _unembedding.Forward(parameters, x, _logits, 0, reads);
        return x;
    }

    // The logits become the gradient of the mean loss.
    private Scores LogitGradient(ReadOnlySpan<int> targets)
    {
        double loss = 0, weight = 1.0 / targets.Length;
        int correct = 0;
        for (int first = 0; first < targets.Length; first += _readPositions.Length)
        {
            bool right = true;
            for (int row = first; row < first + _readPositions.Length; row++)
            {
                (double rowLoss, bool rowRight) = _loss.ForwardBackward(_logits, row, targets[row], weight);
                loss += rowLoss;
                right &= rowRight;
            }

            correct += right ? 1 : 0;
        }

        return new Scores(loss * weight, correct);
    }

    private void EmbeddingGradient(PrefixTrie trie, Matrix dEmbedded, Span<float> gradient)
    {
        // in the forward pass this was: embedded[row] = W_E[token] + W_pos[position]
        Span<float> dTokens = _weights.TokenEmbedding.In(gradient);
        dTokens.Clear();
        for (int row = 0; row < trie.InputCount; row++)
        {
            Lanes.Add(dEmbedded.Row(row), dTokens.Slice(trie.InputToken[row] * _config.DModel, _config.DModel));
        }

        if (_weights.PositionEmbedding is not null)
        {
            Span<float> dPositions = _weights.PositionEmbedding.In(gradient);
            dPositions.Clear();
            for (int row = 0; row < trie.InputCount; row++)
            {
                Lanes.Add(dEmbedded.Row(row), dPositions.Slice(trie.InputPosition[row] * _config.DModel, _config.DModel));
            }
        }
    }

    private ReadOnlySpan<float> Position(ReadOnlySpan<float> parameters, int t) =>
        _weights.PositionEmbedding is null
            ? _positions.Row(t)
            : _weights.PositionEmbedding.In(parameters).Slice(t * _config.DModel, _config.DModel);

    private Matrix? KeepMask(int block) => KeepMasks.Count > 0 ? KeepMasks[block] : null;
}

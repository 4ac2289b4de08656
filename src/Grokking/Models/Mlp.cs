using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The multi-layer perceptron. Its first linear map is a look-up: see <see cref="TokenTable"/>.</summary>
public sealed class Mlp : Model
{
    // Rows that pass through all layers together, so that their activations are still in the second-level cache for the next one.
    private const int Chunk = 96;

    private readonly MlpConfig _config;
    private readonly int _length;
    private readonly int _maxExamples;
    private readonly OutputLoss _loss;
    private readonly ParameterLayout _layout = new();
    private readonly TokenTable _table;
    private readonly Linear[] _linear;     // from each hidden layer to what follows it
    private readonly Matrix[] _before;     // (B, d_hidden) each layer before its activation, where that is kept, else after it
    private readonly Matrix[] _hidden;     // (B, d_hidden) each layer after its activation
    private readonly Matrix[] _dHidden;    // (B, d_hidden) the gradient before the activation
    private readonly Matrix _outputs;      // (B, outputs), in the backward pass their gradient
    private readonly Matrix _weightScratch;

    /// <summary>Room for one model and its batches.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per equation, ≥ 1.</param>
    /// <param name="maxExamples">B, the most equations of one pass, ≥ 1.</param>
    /// <param name="loss">What is minimised, over as many outputs as the model then has.</param>
    public Mlp(MlpConfig config, int vocabularySize, int length, int maxExamples, OutputLoss loss)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(loss);
        config.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExamples, 1);
        _config = config;
        _length = length;
        _maxExamples = maxExamples;
        _loss = loss;
        int width = config.DHidden;
        _table = new TokenTable(config, _layout, vocabularySize, length, maxExamples);
        _linear = [.. Enumerable.Range(1, config.NLayers).Select(l => new Linear(Place(l, l == config.NLayers ? loss.Width : width)))];
        bool kept = Activation.KeepsInput(config.Activation);
        _hidden = [.. _linear.Select(_ => new Matrix(maxExamples, width))];
        _before = kept ? [.. _linear.Select(_ => new Matrix(maxExamples, width))] : _hidden;
        _dHidden = [.. _linear.Select(_ => new Matrix(maxExamples, width))];
        _outputs = new Matrix(maxExamples, loss.Width);
        _weightScratch = new Matrix(Math.Max(width, config.DEmbed), Math.Max(width, loss.Width));

        LinearWeights Place(int l, int columns) =>
            new(_layout.Add($"W_{l}", width, columns), config.Biases ? _layout.Add($"b_{l}", columns) : null);
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _layout;

    /// <inheritdoc/>
    public override void Initialize(ulong seed, Span<float> parameters)
    {
        foreach (ParameterTensor tensor in _layout.Tensors)
        {
            var stream = new RandomStream(seed, "initialization/" + tensor.Name);
            bool isBias = tensor.Name.StartsWith('b');
            Span<float> values = tensor.In(parameters);
            switch (_config.Initialization)
            {
                case MlpInitialization.MeanField when isBias:
                    values.Clear();
                    break;
                case MlpInitialization.MeanField:
                    stream.FillNormal(values, mean: 0, (float)(0.5 * Elementary.Exp(Elementary.Log(2.0 * _config.DHidden) / -3)));
                    break;
                case MlpInitialization.SmallEmbeddings when tensor.IsEmbedding:
                    stream.FillUniform(values, -0.5f, 0.5f);
                    break;
                case MlpInitialization.PyTorchDefault when tensor.IsEmbedding:
                    stream.FillNormal(values, mean: 0, standardDeviation: 1);
                    break;
                default:
                    float bound = 1 / MathF.Sqrt(FanIn(tensor, isBias));
                    stream.FillUniform(values, -bound, bound);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        _table.Load(parameters, forTraining);
        foreach (Linear linear in _linear)
        {
            linear.Load(parameters, forTraining);
        }
    }

    /// <inheritdoc/>
    public override Scores Evaluate(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < targets.Length; first += _maxExamples)
        {
            int count = Math.Min(_maxExamples, targets.Length - first);
            Forward(parameters, tokens.Slice(first * _length, count * _length), count);
            for (int row = 0; row < count; row++)
            {
                (double rowLoss, bool right) = _loss.Forward(_outputs, row, targets[first + row]);
                loss += rowLoss;
                correct += right ? 1 : 0;
            }
        }

        return new Scores(loss / targets.Length, correct);
    }

    /// <inheritdoc/>
    public override Scores LossAndGradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, Span<float> gradient)
    {
        int B = targets.Length;
        Forward(parameters, tokens, B);
        double loss = 0, weight = 1.0 / B;
        int correct = 0;
        for (int row = 0; row < B; row++)
        {
            (double rowLoss, bool right) = _loss.ForwardBackward(_outputs, row, targets[row], weight);
            loss += rowLoss;
            correct += right ? 1 : 0;
        }

        for (int first = 0; first < B; first += Chunk)
        {
            int count = Math.Min(Chunk, B - first);
            for (int l = _linear.Length - 1; l >= 0; l--)
            {
                Matrix dUpper = l == _linear.Length - 1 ? _outputs : _dHidden[l + 1];
                _linear[l].InputGradient(dUpper, _dHidden[l], first, count, accumulate: false);
                Activation.Backward(_config.Activation, _before[l], _dHidden[l], first, count);
            }
        }

        for (int l = 0; l < _linear.Length; l++)
        {
            _linear[l].WeightGradient(_hidden[l], l == _linear.Length - 1 ? _outputs : _dHidden[l + 1], B, gradient, _weightScratch);
        }

        _table.Gradient(_dHidden[0], B, gradient, _weightScratch);
        return new Scores(loss * weight, correct);
    }

    private void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, int examples)
    {
        _table.Take(tokens, examples);
        for (int first = 0; first < examples; first += Chunk)
        {
            int count = Math.Min(Chunk, examples - first);
            _table.Sum(parameters, _before[0], first, count);
            for (int l = 0; l < _linear.Length; l++)
            {
                Activation.Forward(_config.Activation, _before[l], _hidden[l], first, count);
                _linear[l].Forward(parameters, _hidden[l], l == _linear.Length - 1 ? _outputs : _before[l + 1], first, count);
            }
        }
    }

    // A bias counts the inputs of its matrix, which lies before it.
    private int FanIn(ParameterTensor tensor, bool isBias) =>
        isBias ? _layout.Tensors[_layout.Tensors.ToList().IndexOf(tensor) - 1].Rows : tensor.Rows;
}

using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The multi-layer perceptron. Of tokens its first linear map is a look-up: see <see cref="TokenTable"/>.</summary>
public sealed class Mlp : Model
{
    // Examples that pass forward and backward together, so that their activations stay in the second-level cache.
    private const int SmallSlice = 128;

    private readonly MlpConfig _config;
    private readonly int _slice;
    private readonly int _length;
    private readonly OutputLoss _loss;
    private readonly ParameterLayout _layout = new();
    private readonly ParameterLayout _frozenLayout = new(); // of a frozen readout; else empty
    private readonly float[] _frozen;                       // its weights
    private readonly InputLayer _input;
    private readonly LinearWeights[] _weights; // from each hidden layer to what follows it
    private readonly Linear[] _linear;
    private readonly Matrix[] _dWeights;       // the gradient of their matrices
    private readonly Norm[] _norms;            // of each hidden layer, or none
    private readonly Matrix[] _raw;            // (slice, d_hidden) each layer before its norm; without norms the same as before its activation
    private readonly Matrix[] _before;         // (slice, d_hidden) each layer before its activation, where that is kept, else after it
    private readonly Matrix[] _hidden;         // (slice, d_hidden) each layer after its activation
    private readonly Matrix[] _dHidden;        // (slice, d_hidden) the gradient before the activation
    private readonly Matrix _outputs;          // (slice, outputs), in the backward pass their gradient
    private readonly Matrix _scratch;          // room for the gradient of W_in
    private readonly float[] _living;          // (P) the parameters without the smallest
    private readonly Matrix? _startOutputs;    // (V, outputs) of each example at the start, where they are subtracted

    /// <summary>Room for one model.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per equation, ≥ 1.</param>
    /// <param name="loss">What is minimised, over as many outputs as the model then has.</param>
    /// <param name="inputVectors">(V, D) what each token stands for; for <see cref="MlpInput.Vectors"/> alone.</param>
    public Mlp(MlpConfig config, int vocabularySize, int length, OutputLoss loss, Matrix? inputVectors = null)
        : this(config, vocabularySize, length, loss, inputVectors, SmallSlice)
    {
    }

    /// <summary>The same with another slice, which changes the time of a pass and none of its bits.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per equation, ≥ 1.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="inputVectors">(V, D) what each token stands for.</param>
    /// <param name="slice">Examples that pass together, ≥ 1.</param>
    internal Mlp(MlpConfig config, int vocabularySize, int length, OutputLoss loss, Matrix? inputVectors, int slice)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(loss);
        config.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(slice, 1);
        _config = config;
        _slice = slice;
        _length = length;
        _loss = loss;
        int width = config.DHidden;
        _input = config.Input == MlpInput.Vectors
            ? new VectorInput(config, _layout, inputVectors ?? throw new ArgumentNullException(nameof(inputVectors)), slice)
            : new TokenTable(config, _layout, vocabularySize, length, slice);
        _weights = [.. Enumerable.Range(1, config.NLayers).Select(l => Place(l, l == config.NLayers ? loss.Width : width))];
        _linear = [.. _weights.Select(weights => new Linear(weights))];
        _dWeights = [.. _weights.Select(weights => new Matrix(weights.Weight.Rows, weights.Weight.Columns))];
        _hidden = [.. _weights.Select(_ => new Matrix(slice, width))];
        _before = Activation.KeepsInput(config.Activation) ? [.. _weights.Select(_ => new Matrix(slice, width))] : _hidden;
        _norms = config.Normalized ? [.. _weights.Select(_ => new Norm(affine: null, slice))] : [];
        _raw = config.Normalized ? [.. _weights.Select(_ => new Matrix(slice, width))] : _before;
        _dHidden = [.. _weights.Select(_ => new Matrix(slice, width))];
        _outputs = new Matrix(slice, loss.Width);
        _scratch = new Matrix(config.DEmbed, width);
        _living = new float[_layout.Count];
        _frozen = new float[_frozenLayout.Count];
        _startOutputs = config.StartsAtZero ? new Matrix(vocabularySize, loss.Width) : null;

        LinearWeights Place(int l, int columns)
        {
            ParameterLayout layout = config.FrozenReadout && l == config.NLayers ? _frozenLayout : _layout;
            return new(layout.Add($"W_{l}", width, columns), config.Biases ? layout.Add($"b_{l}", columns) : null);
        }
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _layout;

    /// <inheritdoc/>
    public override void Initialize(ulong seed, Span<float> parameters)
    {
        for (int i = 0; i < _layout.Tensors.Count; i++)
        {
            Initialize(_layout, i, seed, parameters);
        }

        for (int i = 0; i < _frozenLayout.Tensors.Count; i++)
        {
            Initialize(_frozenLayout, i, seed, _frozen);
        }
    }

    /// <inheritdoc/>
    public override void StartFrom(ReadOnlySpan<float> parameters)
    {
        if (_startOutputs is null)
        {
            return;
        }

        _startOutputs.Clear(_startOutputs.Rows);
        Load(parameters, forTraining: false);
        int[] examples = [.. Enumerable.Range(0, _startOutputs.Rows)];
        for (int first = 0; first < examples.Length; first += _slice)
        {
            int count = Math.Min(_slice, examples.Length - first);
            Forward(parameters, examples.AsSpan(first, count), count);
            for (int row = 0; row < count; row++)
            {
                _outputs.Row(row).CopyTo(_startOutputs.Row(first + row));
            }
        }
    }

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        Subnormals.CopyWithout(SmallestWeight, parameters, _living);
        _input.Load(_living, forTraining);
        for (int l = 0; l < _linear.Length; l++)
        {
            _linear[l].Load(IsFrozen(l) ? _frozen : _living, forTraining);
        }
    }

    /// <inheritdoc/>
    public override Scores Evaluate(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < targets.Length; first += _slice)
        {
            int count = Math.Min(_slice, targets.Length - first);
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
        double loss = 0, weight = 1.0 / targets.Length;
        int correct = 0;
        ClearGradient(gradient);
        for (int first = 0; first < targets.Length; first += _slice)
        {
            int count = Math.Min(_slice, targets.Length - first);
            Forward(parameters, tokens.Slice(first * _length, count * _length), count);
            for (int row = 0; row < count; row++)
            {
                (double rowLoss, bool right) = _loss.ForwardBackward(_outputs, row, targets[first + row], weight);
                loss += rowLoss;
                correct += right ? 1 : 0;
            }

            Backward(parameters, count, gradient, isFirst: first == 0);
        }

        for (int l = 0; l < _linear.Length && !IsFrozen(l); l++)
        {
            _dWeights[l].CopyTo(_weights[l].Weight.In(gradient));
        }

        _input.FinishGradient(gradient, _scratch);
        return new Scores(loss * weight, correct);
    }

    private void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, int count)
    {
        _input.Forward(parameters, tokens, _raw[0], count);
        for (int l = 0; l < _linear.Length; l++)
        {
            if (_norms.Length > 0)
            {
                _norms[l].Forward(parameters, _raw[l], _before[l], 0, count);
            }

            Activation.Forward(_config.Activation, _before[l], _hidden[l], 0, count, _config.Curvature);
            _linear[l].Forward(IsFrozen(l) ? _frozen : parameters, _hidden[l], l == _linear.Length - 1 ? _outputs : _raw[l + 1], 0, count);
        }

        ScaleOutputs(count);
        for (int row = 0; row < count && _startOutputs is not null; row++)
        {
            Span<float> outputs = _outputs.Row(row), start = _startOutputs.Row(tokens[row]);
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] -= start[i];
            }
        }
    }

    // Of the outputs by α, and of their gradients by the same.
    private void ScaleOutputs(int count)
    {
        for (int row = 0; row < count && _config.ReadoutScale != 1; row++)
        {
            FlatScale.Apply(_outputs.Row(row), (float)_config.ReadoutScale);
        }
    }

    private bool IsFrozen(int l) => _config.FrozenReadout && l == _linear.Length - 1;

    private void ClearGradient(Span<float> gradient)
    {
        _input.ClearGradient(gradient);
        for (int l = 0; l < _weights.Length && !IsFrozen(l); l++)
        {
            _weights[l].Bias?.In(gradient).Clear();
        }
    }

    // Adds a slice to the gradient; the products of its rows come after those of the slices before, as if there were none.
    private void Backward(ReadOnlySpan<float> parameters, int count, Span<float> gradient, bool isFirst)
    {
        ScaleOutputs(count);
        for (int l = _linear.Length - 1; l >= 0; l--)
        {
            Matrix dUpper = l == _linear.Length - 1 ? _outputs : _dHidden[l + 1];
            if (!IsFrozen(l))
            {
                AddWeightGradient(l, dUpper, count, gradient, isFirst);
            }

            _linear[l].InputGradient(dUpper, _dHidden[l], 0, count, accumulate: false);
            Activation.Backward(_config.Activation, _before[l], _dHidden[l], 0, count, _config.Curvature);
            if (_norms.Length > 0)
            {
                _norms[l].Backward(parameters, _raw[l], _dHidden[l], 0, count, gradient);
            }
        }

        _input.Backward(_dHidden[0], count, gradient);
    }

    private void AddWeightGradient(int l, Matrix dUpper, int count, Span<float> gradient, bool isFirst)
    {
        Gemm.MultiplyTransposed(_hidden[l], dUpper, count, _dWeights[l], accumulate: !isFirst);
        if (_weights[l].Bias is { } bias)
        {
            RowSums.AddEach(dUpper, count, bias.In(gradient));
        }
    }

    // Tensor i of the layout, from its own stream.
    private void Initialize(ParameterLayout layout, int i, ulong seed, Span<float> parameters)
    {
        ParameterTensor tensor = layout.Tensors[i];
        var stream = new RandomStream(seed, "initialization/" + tensor.Name);
        bool isBias = tensor.Name.StartsWith('b');
        Span<float> values = tensor.In(parameters);
        switch (_config.Initialization)
        {
            case MlpInitialization.MeanField or MlpInitialization.Committee when isBias:
                values.Clear();
                break;
            case MlpInitialization.MeanField:
                stream.FillNormal(values, mean: 0, (float)(0.5 * Elementary.Exp(Elementary.Log(2.0 * _config.DHidden) / -3)));
                break;
            case MlpInitialization.Committee when tensor == _weights[^1].Weight:
                values.Fill(1f / _config.DHidden);
                break;
            case MlpInitialization.SmallEmbeddings when tensor.IsEmbedding:
                stream.FillUniform(values, -0.5f, 0.5f);
                break;
            case MlpInitialization.PyTorchDefault when tensor.IsEmbedding:
            case MlpInitialization.Committee:
                stream.FillNormal(values, mean: 0, standardDeviation: 1);
                break;
            default:
                // A bias counts the inputs of its matrix, which lies before it.
                float bound = 1 / MathF.Sqrt(isBias ? layout.Tensors[i - 1].Rows : tensor.Rows);
                stream.FillUniform(values, -bound, bound);
                break;
        }
    }
}

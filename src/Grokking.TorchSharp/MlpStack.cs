using Grokking.Models;
using Grokking.Numerics;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The forward pass of R multi-layer perceptrons: the same function as <see cref="Mlp"/>.</summary>
internal sealed class MlpStack : StackedModel
{
    private readonly MlpConfig _config;
    private readonly ParameterLayout _whole;
    private readonly Device _device;
    private readonly ParameterTensor[] _embeddings;  // none, one for all positions, or one a position
    private readonly ParameterTensor _weightIn;      // W_in: a row for each input
    private readonly ParameterTensor? _biasIn;
    private readonly (ParameterTensor Weight, ParameterTensor? Bias)[] _layers;

    /// <summary>Finds the tensors in the layout.</summary>
    /// <param name="config">The networks; validated.</param>
    /// <param name="layout">Of the parameters of one run.</param>
    /// <param name="whole">Of the parameters and, after them, a readout that stays as it was drawn.</param>
    /// <param name="device">Where weights and tokens lie.</param>
    public MlpStack(MlpConfig config, ParameterLayout layout, ParameterLayout whole, Device device)
    {
        _config = config;
        _whole = whole;
        _device = device;
        Layout = layout;
        _embeddings = [.. layout.Tensors.Where(tensor => tensor.IsEmbedding)];
        _weightIn = Find("W_in")!;
        _biasIn = Find("b_in");
        _layers = [.. Enumerable.Range(1, config.NLayers).Select(l => (Find($"W_{l}")!, Find($"b_{l}")))];

        ParameterTensor? Find(string name) => whole.Tensors.FirstOrDefault(tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout { get; }

    /// <inheritdoc/>
    /// <remarks>As on the CPU engine a weight below <see cref="Model.SmallestWeight"/> counts as 0 here, while its gradient still moves it.</remarks>
    public override Tensor Seen(Tensor parameters) => parameters.Filled(parameters.abs().lt(Held.Real(Model.SmallestWeight)), 0);

    /// <inheritdoc/>
    public override Tensor Outputs(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep = null)
    {
        var weights = new StackedWeights(_whole, constants.Readout is { } readout ? cat([parameters, readout], 1L) : parameters);
        Tensor x = Enter(weights, tokens, constants);
        if (_biasIn is not null)
        {
            x = x.Plus(weights.Vector(_biasIn));
        }

        foreach ((ParameterTensor weight, ParameterTensor? bias) in _layers)
        {
            Tensor hidden = _config.Normalized ? nn.functional.layer_norm(x, [x.shape[2]], eps: LayerNorm.Epsilon) : x;
            x = Activate(_config.Activation, hidden, _config.Curvature).bmm(weights.Matrix(weight));
            if (bias is not null)
            {
                x = x.Plus(weights.Vector(bias));
            }
        }

        Tensor outputs = _config.ReadoutScale == 1 ? x : x.Times((float)_config.ReadoutScale);
        return (constants.StartOutputs is { } start ? outputs - StackedWeights.Gather(start, tokens.squeeze(-1)) : outputs).unsqueeze(2L);
    }

    // (R, B, T) tokens to (R, B, d_hidden), without the bias.
    private Tensor Enter(StackedWeights weights, Tensor tokens, StackedConstants constants)
    {
        int T = (int)tokens.shape[2];
        switch (_config.Input)
        {
            case MlpInput.OneHot:
                // Position t's token v is row t·V + v of W_in.
                Tensor firstRows = Held.Multiples(T, _weightIn.Rows / T, _device);
                return weights.Gather(_weightIn, tokens.Plus(firstRows)).sum([2L]);
            case MlpInput.SummedEmbeddings:
                return weights.Gather(_embeddings[0], tokens).sum([2L]).bmm(weights.Matrix(_weightIn));
            case MlpInput.Vectors:
                return StackedWeights.Gather(constants.Inputs!, tokens.squeeze(-1)).bmm(weights.Matrix(_weightIn));
            case MlpInput.SeparateEmbeddings:
                Tensor[] embedded = [.. Enumerable.Range(0, T).Select(t => weights.Gather(_embeddings[t], tokens.select(2L, t)))];
                return cat(embedded, 2L).bmm(weights.Matrix(_weightIn));
            default:
                throw new NotSupportedException($"The TorchSharp engine has no input {_config.Input}.");
        }
    }
}

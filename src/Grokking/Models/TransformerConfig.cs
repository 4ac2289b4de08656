using Grokking.Tasks;

namespace Grokking.Models;

/// <summary>Where a block normalises.</summary>
public enum NormPlacement
{
    /// <summary>After the residual sum, LN(x + f(x)): Power et al. and openai/grok.</summary>
    Post,

    /// <summary>Before the sublayer, x + f(LN(x)).</summary>
    Pre,

    /// <summary>Nowhere: Nanda et al. 2023.</summary>
    None,
}

/// <summary>How a position reaches the residual stream.</summary>
public enum PositionKind
{
    /// <summary>Fixed sines and cosines of geometric wavelengths, added to the token embedding.</summary>
    Sinusoidal,

    /// <summary>A trained table W_pos (T, d_model), added to the token embedding.</summary>
    Learned,
}

/// <summary>How the weights start.</summary>
public enum InitializationKind
{
    /// <summary>PyTorch's defaults, as openai/grok uses them: embeddings N(0, 1), linear weights and biases U(±1/√fan_in), norm gain 1 and bias 0.</summary>
    PyTorchDefault,

    /// <summary>Nanda et al. 2023: N(0, 1/d_model) everywhere, N(0, 1/d_vocab) for the unembedding, biases 0.</summary>
    InverseSqrtWidth,
}

/// <summary>A decoder-only causal transformer. The defaults are Power et al. 2022, A.1.2, with the details of openai/grok where the text is silent.</summary>
public sealed record TransformerConfig : ModelConfig
{
    /// <summary>Number of blocks, 1 to 16.</summary>
    public int NLayers { get; init; } = 2;

    /// <summary>Width of the residual stream, 1 to 4096; divisible by <see cref="NHeads"/>, and even with sinusoidal positions.</summary>
    public int DModel { get; init; } = 128;

    /// <summary>Attention heads, ≥ 1.</summary>
    public int NHeads { get; init; } = 4;

    /// <summary>Width of the MLP as a multiple of <see cref="DModel"/>, 1 to 16.</summary>
    public int MlpMultiplier { get; init; } = 4;

    /// <summary>Where a block normalises.</summary>
    public NormPlacement Norm { get; init; } = NormPlacement.Post;

    /// <summary>Whether the norms have a trained gain and bias.</summary>
    public bool NormAffine { get; init; } = true;

    /// <summary>Whether the residual stream is normalised once more before the unembedding.</summary>
    public bool FinalNorm { get; init; }

    /// <summary>How a position reaches the residual stream.</summary>
    public PositionKind Positions { get; init; } = PositionKind.Sinusoidal;

    /// <summary>Whether W_Q, W_K, W_V and W_O have biases.</summary>
    public bool AttentionBiases { get; init; }

    /// <summary>Whether W_in and W_out have biases.</summary>
    public bool MlpBiases { get; init; }

    /// <summary>Whether the unembedding has a bias.</summary>
    public bool UnembedBias { get; init; }

    /// <summary>The nonlinearity of the MLP.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>How the weights start.</summary>
    public InitializationKind Initialization { get; init; } = InitializationKind.PyTorchDefault;

    /// <summary>Share of the MLP's outputs dropped in training, [0, 1). Each example and position has its own mask.</summary>
    public double Dropout { get; init; }

    /// <summary>Width of one head.</summary>
    public int DHead => DModel / NHeads;

    /// <summary>Width of the MLP.</summary>
    public int DMlp => MlpMultiplier * DModel;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Between(NLayers, 1, 16, nameof(NLayers));
        Require.Between(DModel, 1, 4096, nameof(DModel));
        Require.Between(NHeads, 1, DModel, nameof(NHeads));
        Require.Between(MlpMultiplier, 1, 16, nameof(MlpMultiplier));
        Require.Holds(DModel % NHeads == 0, NHeads, nameof(NHeads), $"a divisor of DModel, which is {DModel},");
        Require.OneOf(Norm, nameof(Norm));
        Require.OneOf(Positions, nameof(Positions));
        Require.Holds(Positions == PositionKind.Learned || DModel % 2 == 0, DModel, nameof(DModel), "even with sinusoidal positions");
        Require.OneOf(Activation, nameof(Activation));
        Require.Holds(Activation != ActivationKind.LinearQuadratic, Activation, nameof(Activation), "Relu, Gelu, Tanh or Quadratic in a transformer");
        Require.OneOf(Initialization, nameof(Initialization));
        Require.Share(Dropout, nameof(Dropout));
    }

    /// <inheritdoc/>
    public override void ValidateFor(LearningTask task, SequenceConvention convention)
    {
        ArgumentNullException.ThrowIfNull(task);
        Require.Holds(task is not VectorTask, task.Name, "Task", "an operation with a transformer, which reads tokens,");
    }

    /// <inheritdoc/>
    public override Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples)
    {
        ArgumentNullException.ThrowIfNull(sequences);

        // One vocabulary for what is read and what is predicted.
        return new Transformer(this, sequences.OutputSize, sequences.Length, sequences.ReadPositions.ToArray(), maxExamples, loss);
    }

    /// <inheritdoc/>
    public override ModelConfig WithoutDropout() => this with { Dropout = 0 };

    /// <inheritdoc/>
    public override double EstimateCost(LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        double width = DModel;
        double attention = 4 * width * width;           // W_Q, W_K, W_V, W_O
        double mlp = 2 * MlpMultiplier * width * width; // W_in, W_out
        double unembedding = width * task.AnswerCount;  // W_U
        return (NLayers * (attention + mlp)) + unembedding;
    }
}

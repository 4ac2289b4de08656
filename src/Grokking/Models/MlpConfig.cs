using Grokking.Tasks;

namespace Grokking.Models;

/// <summary>How the tokens of an equation enter an MLP.</summary>
public enum MlpInput
{
    /// <summary>One-hot vectors, one a position, side by side: W_in has a row for each token at each position.</summary>
    OneHot,

    /// <summary>One trained embedding for all positions; the vectors of an equation are added up.</summary>
    SummedEmbeddings,

    /// <summary>A trained embedding for each position, their vectors side by side.</summary>
    SeparateEmbeddings,
}

/// <summary>How the weights of an MLP start.</summary>
public enum MlpInitialization
{
    /// <summary>PyTorch's defaults: linear weights and biases U(±1/√fan_in), embeddings N(0, 1).</summary>
    PyTorchDefault,

    /// <summary>The same with embeddings U(±½): Liu et al. 2022.</summary>
    SmallEmbeddings,

    /// <summary>All weights N(0, ¼/(2N)^⅔) with N the hidden width, biases 0: Doshi et al. 2023, Gromov 2023.</summary>
    MeanField,
}

/// <summary>A multi-layer perceptron over the tokens of an equation.</summary>
public sealed record MlpConfig : ModelConfig
{
    /// <summary>How the tokens enter.</summary>
    public MlpInput Input { get; init; } = MlpInput.OneHot;

    /// <summary>Width of an embedding, 1 to 4096; without embeddings it does not count.</summary>
    public int DEmbed { get; init; } = 1;

    /// <summary>Hidden layers, 1 to 16.</summary>
    public int NLayers { get; init; } = 1;

    /// <summary>Width of each hidden layer, 1 to 16384.</summary>
    public int DHidden { get; init; } = 200;

    /// <summary>The nonlinearity of the hidden layers.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>Whether the linear maps have biases.</summary>
    public bool Biases { get; init; }

    /// <summary>How the weights start.</summary>
    public MlpInitialization Initialization { get; init; } = MlpInitialization.PyTorchDefault;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.OneOf(Input, nameof(Input));
        Require.Between(DEmbed, 1, 4096, nameof(DEmbed));
        Require.Between(NLayers, 1, 16, nameof(NLayers));
        Require.Between(DHidden, 1, 16384, nameof(DHidden));
        Require.OneOf(Activation, nameof(Activation));
        Require.OneOf(Initialization, nameof(Initialization));
    }

    /// <inheritdoc/>
    public override void ValidateFor(SequenceConvention convention) => Require.Holds(
        convention != SequenceConvention.OpenAICode, convention, "Convention", "PaperText or Operands with an MLP, which has one answer,");

    /// <inheritdoc/>
    public override Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new Mlp(this, sequences.VocabularySize, sequences.Length, loss);
    }

    /// <inheritdoc/>
    public override ModelConfig WithoutDropout() => this;

    /// <inheritdoc/>
    public override double EstimateCost(int classes) => ((NLayers - 1.0) * DHidden * DHidden) + ((double)DHidden * classes);
}

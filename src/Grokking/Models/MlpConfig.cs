using Grokking.Tasks;

namespace Grokking.Models;

/// <summary>How examples enter an MLP.</summary>
public enum MlpInput
{
    /// <summary>One-hot vectors, one a position, side by side: W_in has a row for each token at each position.</summary>
    OneHot,

    /// <summary>One trained embedding for all positions; the vectors of an equation are added up.</summary>
    SummedEmbeddings,

    /// <summary>A trained embedding for each position, their vectors side by side.</summary>
    SeparateEmbeddings,

    /// <summary>The vectors that the task gives, as they are.</summary>
    Vectors,
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

    /// <summary>Weights N(0, 1), those of the last layer 1/N with N the hidden width, biases 0: the committee machine of Kumar et al. 2024.</summary>
    Committee,
}

/// <summary>A multi-layer perceptron over the tokens of an equation, or over the vectors of a <see cref="VectorTask"/>.</summary>
public sealed record MlpConfig : ModelConfig
{
    /// <summary>How examples enter.</summary>
    public MlpInput Input { get; init; } = MlpInput.OneHot;

    /// <summary>Width of an embedding, 1 to 4096; without embeddings it does not count.</summary>
    public int DEmbed { get; init; } = 1;

    /// <summary>Hidden layers, 1 to 16.</summary>
    public int NLayers { get; init; } = 1;

    /// <summary>Width of each hidden layer, 1 to 16384.</summary>
    public int DHidden { get; init; } = 200;

    /// <summary>The nonlinearity of the hidden layers.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>ε ≥ 0 of <see cref="ActivationKind.LinearQuadratic"/>; with another nonlinearity it does not count.</summary>
    public double Curvature { get; init; }

    /// <summary>Whether the linear maps have biases.</summary>
    public bool Biases { get; init; }

    /// <summary>
    /// Whether each hidden layer is normalised before its nonlinearity, without gain and bias. With a frozen readout the loss then does not depend on the
    /// scale of the weights (Kodryan et al. 2022).
    /// </summary>
    public bool Normalized { get; init; }

    /// <summary>How the weights start.</summary>
    public MlpInitialization Initialization { get; init; } = MlpInitialization.PyTorchDefault;

    /// <summary>α &gt; 0: the outputs are multiplied by it. The larger, the lazier the hidden units learn (Chizat et al. 2019; Kumar et al. 2024).</summary>
    public double ReadoutScale { get; init; } = 1;

    /// <summary>Whether the last linear map stays as it was drawn. It is then no parameter: it has no gradient, no decay and no part in the norm.</summary>
    public bool FrozenReadout { get; init; }

    /// <summary>Whether each example's outputs at the start are subtracted from its outputs, so that training starts at 0; of vectors alone.</summary>
    public bool StartsAtZero { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.OneOf(Input, nameof(Input));
        Require.Between(DEmbed, 1, 4096, nameof(DEmbed));
        Require.Between(NLayers, 1, 16, nameof(NLayers));
        Require.Between(DHidden, 1, 16384, nameof(DHidden));
        Require.OneOf(Activation, nameof(Activation));
        Require.NotNegativeFloat(Curvature, nameof(Curvature));
        Require.OneOf(Initialization, nameof(Initialization));
        Require.PositiveFloat(ReadoutScale, nameof(ReadoutScale));
        Require.Holds(!StartsAtZero || Input == MlpInput.Vectors, StartsAtZero, nameof(StartsAtZero), "false, or the input Vectors,");
    }

    /// <inheritdoc/>
    public override void ValidateFor(LearningTask task, SequenceConvention convention)
    {
        bool hasVectors = task is VectorTask;
        Require.Holds(
            hasVectors == (Input == MlpInput.Vectors), Input, "Model.Input", hasVectors ? "Vectors for a task of vectors" : "another than Vectors for an operation");
        Require.Holds(
            hasVectors || convention != SequenceConvention.OpenAICode, convention, "Convention", "PaperText or Operands with an MLP, which has one answer,");
    }

    /// <inheritdoc/>
    public override Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new Mlp(this, sequences.VocabularySize, sequences.Length, loss, sequences.InputVectors);
    }

    /// <inheritdoc/>
    public override ModelConfig WithoutDropout() => this;

    /// <inheritdoc/>
    public override double EstimateCost(LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        int inputs = task is VectorTask vectors ? vectors.InputWidth : 0; // tokens are looked up
        return ((NLayers - 1.0) * DHidden * DHidden) + (DHidden * ((double)inputs + task.AnswerCount));
    }
}

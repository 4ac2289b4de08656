using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>Experiments of a few milliseconds.</summary>
internal static class TinyExperiments
{
    /// <summary>What they train.</summary>
    public static TransformerConfig Transformer { get; } = new() { NLayers = 1, DModel = 16, NHeads = 2 };

    /// <summary>x+y mod 5 on most of its table: symmetric, and soon learnt by heart.</summary>
    public static Experiment Add { get; } = new()
    {
        Task = Operations.Add with { Modulus = 5 },
        TrainFraction = 0.6,
        Model = Transformer,
        Optimizer = new AdamW { LearningRate = 1e-2 },
        Steps = 20,
    };

    /// <summary>An operation whose answer is its first operand: a model generalises as soon as it has learnt anything.</summary>
    public static Experiment First { get; } = Add with
    {
        Task = new ModularOperation(new ModularFormula("x", static (x, y, p) => x)) { Modulus = 7 },
        TrainFraction = 0.7,
        Steps = 400,
    };

    /// <summary>One-hot vectors, quadratic units, squared error, full batches and a strong decay: Doshi et al. 2023 made small.</summary>
    public static Experiment OneHotMlp { get; } = Add with
    {
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { DHidden = 21, Activation = ActivationKind.Quadratic, Initialization = MlpInitialization.MeanField },
        Loss = LossKind.SquaredError,
        Optimizer = new AdamW { LearningRate = 1e-2, WeightDecay = 5 },
        Batches = BatchRule.Full,
    };

    /// <summary>Scalar embeddings added up, two tanh layers, a vector for each sum, a rate for each of the two parts: Liu et al. 2022 made small.</summary>
    public static Experiment TemplateMlp { get; } = Presets.Liu2022 with
    {
        Task = Operations.AddOrdered with { Size = 6 },
        TrainFraction = 0.6,
        Model = (MlpConfig)Presets.Liu2022.Model with { DHidden = 18 },
        TemplateWidth = 7,
        Optimizer = new EmbeddingsApart { Embeddings = new AdamW { LearningRate = 1e-1 }, Others = new Sgd { LearningRate = 1e-2, Momentum = 0.9 } },
        Steps = 20,
    };

    /// <summary>Two layers of rectifiers, StableMax, ⊥Grad: Prieto et al. 2025 made small.</summary>
    public static Experiment StableMlp { get; } = Add with
    {
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { NLayers = 2, DHidden = 17 },
        Loss = LossKind.StableMax,
        OrthogonalGradient = true,
        Batches = BatchRule.Full,
    };

    /// <summary>An embedding for each of the four tokens of the paper's text, GELU, biases, noisy weights, short batches, a clipped gradient.</summary>
    public static Experiment SeparateMlp { get; } = Add with
    {
        Model = new MlpConfig
        {
            Input = MlpInput.SeparateEmbeddings,
            DEmbed = 3,
            DHidden = 10,
            Activation = ActivationKind.Gelu,
            Biases = true,
            Initialization = MlpInitialization.SmallEmbeddings,
        },
        WeightNoise = 0.01,
        ClipNorm = 1,
        BatchSize = 4,
    };

    /// <summary>Two layers of tanh with biases from a large start learn a teacher under decay to where they started: Liu et al. 2023 made small.</summary>
    public static Experiment TeacherMlp { get; } = Presets.Liu2023 with
    {
        Task = new TeacherStudent { Width = 3, Hidden = 9, Examples = 40 },
        TrainFraction = 0.6,
        Model = (MlpConfig)Presets.Liu2023.Model with { DHidden = 18 },
        Optimizer = new AdamW { LearningRate = 1e-2, DecayTarget = DecayTarget.Initialization },
        Steps = 20,
    };

    /// <summary>A committee of slightly curved units with a scaled readout that stays, from outputs of zero, at the norm that it starts with.</summary>
    public static Experiment CommitteeMlp { get; } = new()
    {
        Task = new QuadraticRegression { Width = 19, Examples = 50 },
        TrainFraction = 0.6,
        Model = new MlpConfig
        {
            Input = MlpInput.Vectors,
            DHidden = 21,
            Activation = ActivationKind.LinearQuadratic,
            Curvature = 0.25,
            Initialization = MlpInitialization.Committee,
            ReadoutScale = 2.5,
            FrozenReadout = true,
            StartsAtZero = true,
        },
        Loss = LossKind.SquaredError,
        ConstantNorm = true,
        Optimizer = new Sgd { LearningRate = 0.1 },
        BatchSize = 16,
        Steps = 20,
    };

    /// <summary>A diagonal linear network from a large start: Lyu et al. 2024, §3.2, made small.</summary>
    public static Experiment Diagonal { get; } = new()
    {
        Task = new SparseClassification { Width = 37, Examples = 40 },
        TrainFraction = 0.6,
        Model = new DiagonalConfig(),
        InitializationScale = 3,
        Optimizer = new Sgd { LearningRate = 0.02, WeightDecay = 1e-3 },
        Batches = BatchRule.Full,
        Steps = 20,
    };

    public static TrainedRun Train(Experiment experiment) => new CpuEngine().Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
}

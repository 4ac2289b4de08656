using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>
/// Short runs, three of transformers, three of MLPs and one of a diagonal network, that between them pass through every kernel. The sizes are no multiples
/// of a vector's width, so the kernels' remainders are in it too.
/// </summary>
public static class ProbeRuns
{
    /// <summary>Shared prefixes, norms behind the sublayers, ReLU, a loss in float, every kind of Gaussian noise, decay to the initialisation, mirrors.</summary>
    public static Experiment PaperText { get; } = new()
    {
        Task = Operations.Add with { Modulus = 7 },
        TrainFraction = 0.6,
        Model = new TransformerConfig { DModel = 20 },
        Loss = LossKind.FloatCrossEntropy,
        Optimizer = new AdamW { UpdateNoise = 0.1, DecayTarget = DecayTarget.Initialization },
        WeightNoise = 0.01,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 1,
    };

    /// <summary>
    /// A row for every example, norms before the sublayers and at the end, GELU, biases, learned positions, dropout, clipping, even batches,
    /// an annealed rate.
    /// </summary>
    public static Experiment OpenAICode { get; } = new()
    {
        Task = Operations.Divide with { Modulus = 7 },
        Convention = SequenceConvention.OpenAICode,
        Model = new TransformerConfig
        {
            DModel = 20,
            MlpMultiplier = 7, // W_out adds 140 products: more than one block of a sum in Gemm
            Norm = NormPlacement.Pre,
            FinalNorm = true,
            Positions = PositionKind.Learned,
            AttentionBiases = true,
            MlpBiases = true,
            UnembedBias = true,
            Activation = ActivationKind.Gelu,
            Initialization = InitializationKind.InverseSqrtWidth,
            Dropout = 0.1,
        },
        Optimizer = new AdamW { LearningRate = 3e-3 },
        Schedule = new LearningRateSchedule { AnnealedAtStep = 180 },
        ClipNorm = 1,
        Batches = BatchRule.Even,
        BatchSize = 8,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 2,
    };

    /// <summary>Norms without gain and bias, before the sublayers of the only layer and at the end.</summary>
    public static Experiment PlainNorms { get; } = new()
    {
        Task = Operations.Subtract with { Modulus = 7 },
        Model = new TransformerConfig { NLayers = 1, DModel = 20, Norm = NormPlacement.Pre, FinalNorm = true, NormAffine = false },
        Optimizer = new AdamW { LearningRate = 3e-3 },
        BatchSize = 16,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 7,
    };

    /// <summary>One-hot vectors, quadratic units from a mean-field start, squared error against templates, an orthogonal gradient, outliers.</summary>
    public static Experiment OneHotMlp { get; } = new()
    {
        Task = Operations.Subtract with { Modulus = 7 },
        Outliers = 3,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { DHidden = 37, Activation = ActivationKind.Quadratic, Initialization = MlpInitialization.MeanField },
        Loss = LossKind.SquaredError,
        TemplateWidth = 19,
        Optimizer = new AdamW { LearningRate = 1e-2 },
        OrthogonalGradient = true,
        Batches = BatchRule.Full,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 3,
    };

    /// <summary>An embedding for each operand with a rate of its own, two layers of tanh with biases, StableMax, decay in the gradient.</summary>
    public static Experiment EmbeddedMlp { get; } = new()
    {
        Task = Operations.AddOrdered,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig
        {
            Input = MlpInput.SeparateEmbeddings,
            DEmbed = 5,
            NLayers = 2,
            DHidden = 140, // more than one block of a sum in Gemm
            Activation = ActivationKind.Tanh,
            Biases = true,
            Initialization = MlpInitialization.SmallEmbeddings,
        },
        Loss = LossKind.StableMax,
        Optimizer = new EmbeddingsApart
        {
            Embeddings = new AdamW { LearningRate = 1e-2, DecayTarget = DecayTarget.Gradient, WeightDecay = 0.1 },
            Others = new Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = true },
        },
        BatchSize = 16,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 4,
    };

    /// <summary>Vectors and a regression on them, curved units from a scaled start at zero, a scaled readout that stays, all at one norm.</summary>
    public static Experiment VectorMlp { get; } = new()
    {
        Task = new TeacherStudent { Width = 5, Hidden = 21, Examples = 300 }, // two slices and a rest validate
        TrainFraction = 0.1,
        Model = new MlpConfig
        {
            Input = MlpInput.Vectors,
            NLayers = 2,
            DHidden = 37,
            Activation = ActivationKind.LinearQuadratic,
            Curvature = 0.25,
            Biases = true,
            ReadoutScale = 2.5,
            FrozenReadout = true,
            StartsAtZero = true,
        },
        Loss = LossKind.SquaredError,
        InitializationScale = 1.3,
        ConstantNorm = true,
        Optimizer = new AdamW { LearningRate = 1e-3 },
        BatchSize = 16,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 5,
    };

    /// <summary>A diagonal network on signs, from a large start.</summary>
    public static Experiment Diagonal { get; } = new()
    {
        Task = new SparseClassification { Width = 101, Examples = 60 },
        Model = new DiagonalConfig(),
        InitializationScale = 3,
        Optimizer = new Sgd { LearningRate = 0.01, WeightDecay = 1e-3 },
        Batches = BatchRule.Full,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 6,
    };
}

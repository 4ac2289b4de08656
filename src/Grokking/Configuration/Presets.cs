using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>Named experiments, one for each setup that a paper or a test refers to. A variation is <c>with</c> what differs.</summary>
public static class Presets
{
    /// <summary>
    /// Power et al. 2022, A.1.2, as its text has it: 2 layers, width 128, 4 heads, AdamW with decay 1, epochs of batches of 512 with a
    /// short last one, no clipping; the equation as <c>a ∘ b =</c>. x+y on half of the table.
    /// </summary>
    public static Experiment PaperText { get; } = new() { Task = Operations.Add };

    /// <summary>The same as openai/grok trains it: <c>&lt;eos&gt; a ∘ b = c &lt;eos&gt;</c> in 239 tokens, the loss averaged over answer and end token.</summary>
    public static Experiment OpenAICode { get; } = PaperText with { Convention = SequenceConvention.OpenAICode };

    /// <summary>Power et al. 2022, Figure 1 left: division on half of the table by Adam without weight decay, for 10⁶ updates.</summary>
    public static Experiment Figure1Left { get; } = PaperText with
    {
        Task = Operations.Divide,
        Optimizer = AdamW.Adam,
        Steps = 1_000_000,
    };

    /// <summary>
    /// Power et al. 2022, Figure 2 left, one of its points: x*y in S5 on 40 % of the table by the default optimiser for 10⁵ updates. The figure
    /// varies the train fraction and how it is trained; <see cref="Interventions"/> has its nine ways.
    /// </summary>
    public static Experiment Figure2Left { get; } = PaperText with { Task = Operations.Compose, TrainFraction = 0.4 };

    /// <summary>
    /// Power et al. 2022, Figure 2 right, one of its points: x*y in S5 on half of the table by the default optimiser for 10⁵ updates. The figure
    /// varies operation and train fraction, each averaged over 3 seeds.
    /// </summary>
    public static Experiment Figure2Right { get; } = PaperText with { Task = Operations.Compose };

    /// <summary>
    /// Nanda et al. 2023, their main model: x+y mod 113 on 30 % of the table, 1 layer without norms, learned positions, biases in the MLP,
    /// full batches, AdamW with decay 1 for 40,000 epochs, of one update each.
    /// </summary>
    /// <remarks>
    /// A deviation: they train on <c>a b =</c> and leave the output for = out of the loss; here an equation has the sign ∘ too, and both
    /// signs can be predicted.
    /// </remarks>
    public static Experiment Nanda2023 { get; } = new()
    {
        Task = Operations.Add with { Modulus = 113 },
        TrainFraction = 0.3,
        Model = new TransformerConfig
        {
            NLayers = 1,
            Norm = NormPlacement.None,
            Positions = PositionKind.Learned,
            MlpBiases = true,
            Initialization = InitializationKind.InverseSqrtWidth,
        },
        Batches = BatchRule.Full,
        Steps = 40_000,
    };

    /// <summary>
    /// Liu et al. 2022, §3: x+y of ten numbers without a modulus, 45 of the 55 pairs; trained scalar embeddings, added up, and a decoder 1-200-200-30 of
    /// tanh that aims at a random vector for each sum; embeddings at rate 1e-3, decoder at 1e-4; the whole set in one batch.
    /// </summary>
    public static Experiment Liu2022 { get; } = new()
    {
        Task = Operations.AddOrdered,
        TrainFraction = 45.0 / 55,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig
        {
            Input = MlpInput.SummedEmbeddings,
            NLayers = 2,
            Activation = ActivationKind.Tanh,
            Biases = true,
            Initialization = MlpInitialization.SmallEmbeddings,
        },
        Loss = LossKind.SquaredError,
        TemplateWidth = 30,
        Optimizer = new EmbeddingsApart
        {
            Embeddings = new AdamW { LearningRate = 1e-3, Beta2 = 0.999, WeightDecay = 0 },
            Others = new AdamW { LearningRate = 1e-4, Beta2 = 0.999, WeightDecay = 0 },
        },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 10_000,
    };

    /// <summary>
    /// Doshi et al. 2023, as their notebook trains it: x+y mod 97 on half of the table, one-hot inputs, 500 quadratic units without biases, squared
    /// error, full batches, AdamW at 1e-2 with decay 5. <see cref="Experiment.Outliers"/> corrupts labels.
    /// </summary>
    public static Experiment Doshi2023 { get; } = new()
    {
        Task = Operations.Add,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { DHidden = 500, Activation = ActivationKind.Quadratic, Initialization = MlpInitialization.MeanField },
        Loss = LossKind.SquaredError,
        Optimizer = new AdamW { LearningRate = 1e-2, WeightDecay = 5 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 500,
    };

    /// <summary>
    /// Prieto et al. 2025, their MLP: x+y mod 113 on 40 % of the table, one-hot inputs, two hidden layers of 200 rectifiers without biases, full
    /// batches, AdamW at 5e-3 without decay.
    /// </summary>
    public static Experiment Prieto2025 { get; } = new()
    {
        Task = Operations.Add with { Modulus = 113 },
        TrainFraction = 0.4,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { NLayers = 2 },
        Optimizer = new AdamW { LearningRate = 5e-3, Beta2 = 0.99, Epsilon = 1e-25, WeightDecay = 0 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 500,
    };

    /// <summary>
    /// Liu et al. 2023 ("Omnigrok"), §2, as their notebook trains it: a tanh network 5-100-100-5, its weights doubled before the first update, learns a
    /// teacher of its own kind from 100 Gaussian inputs; 100 others validate. Squared error, full batches, AdamW at 3e-4 with decay 0.05.
    /// </summary>
    public static Experiment Liu2023 { get; } = new()
    {
        Task = new TeacherStudent(),
        Model = new MlpConfig { Input = MlpInput.Vectors, NLayers = 2, DHidden = 100, Activation = ActivationKind.Tanh, Biases = true },
        Loss = LossKind.SquaredError,
        InitializationScale = 2,
        Optimizer = new AdamW { LearningRate = 3e-4, Beta2 = 0.999, WeightDecay = 0.05 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 100_000,
    };

    /// <summary>
    /// Lyu et al. 2024, §3.2, their sparse linear classification at a smaller size: a diagonal linear network tells the sign of three of 500 random signs
    /// from 128 examples (256 examples of 10⁵ signs there); full-batch gradient descent at 0.1 with an L2 penalty of 0.01 (0.01 and 0.001 there).
    /// </summary>
    public static Experiment Lyu2024 { get; } = new()
    {
        Task = new SparseClassification { Width = 500, Examples = 1024 },
        TrainFraction = 0.125,
        Model = new DiagonalConfig(),
        Optimizer = new Sgd { LearningRate = 0.1, WeightDecay = 0.01 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 20_000,
    };

    /// <summary>
    /// Kumar et al. 2024, §3, at sizes of our own: a committee machine of 500 units φ(h) = h + ε h²/2 with ε = ¼ and a fixed readout learns a quadratic
    /// function of one of 100 directions from 400 examples by full-batch gradient descent at η₀·N/α² with η₀ = 6; α is the readout's scale.
    /// </summary>
    public static Experiment Kumar2024 { get; } = new()
    {
        Task = new QuadraticRegression { Examples = 1000 },
        TrainFraction = 0.4,
        Model = new MlpConfig
        {
            Input = MlpInput.Vectors,
            DHidden = 500,
            Activation = ActivationKind.LinearQuadratic,
            Curvature = 0.25,
            Initialization = MlpInitialization.Committee,
            FrozenReadout = true,
            StartsAtZero = true,
        },
        Loss = LossKind.SquaredError,
        Optimizer = new Sgd { LearningRate = 3000 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 4_000,
    };

    /// <summary>
    /// Stander et al. 2024: x·y in S5 on 40 % of the table, an embedding of width 256 for each operand, one hidden layer of 128 rectifiers, full batches,
    /// AdamW at 1e-3 with decay 1 for 250,000 updates.
    /// </summary>
    public static Experiment Stander2024 { get; } = new()
    {
        Task = Operations.Compose,
        TrainFraction = 0.4,
        Convention = SequenceConvention.Operands,
        Model = new MlpConfig { Input = MlpInput.SeparateEmbeddings, DEmbed = 256, DHidden = 128 },
        Schedule = new LearningRateSchedule { WarmupSteps = 0 },
        Batches = BatchRule.Full,
        Steps = 250_000,
    };

    /// <summary>
    /// The small model of the quick tier: 2 layers of width 64 before their norms, x−y mod 43 on 60 % of the table. Equal batches and clipping
    /// at norm 1 keep the short last batch and the loss spikes, on which the paper is silent, from deciding when it memorises and generalises.
    /// It groks in 900 to 1,600 steps.
    /// </summary>
    public static Experiment Small { get; } = new()
    {
        Task = Operations.Subtract with { Modulus = 43 },
        TrainFraction = 0.6,
        Model = new TransformerConfig { DModel = 64, Norm = NormPlacement.Pre, FinalNorm = true },
        Optimizer = new AdamW { LearningRate = 5e-3 },
        Batches = BatchRule.Even,
        ClipNorm = 1,
        Steps = 8_000,
    };

    /// <summary>All of them by the names that a command line has for them.</summary>
    public static IReadOnlyDictionary<string, Experiment> Named { get; } = Names().ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<(string Name, Experiment Experiment)> Names() =>
    [
        ("paper-text", PaperText),
        ("openai-code", OpenAICode),
        ("power2022-fig1-left", Figure1Left),
        .. Interventions.Of(Figure2Left).Select(intervention => ("power2022-fig2-left-" + intervention.Key, intervention.Experiment)),
        ("power2022-fig2-right", Figure2Right),
        ("nanda2023", Nanda2023),
        ("liu2022", Liu2022),
        ("liu2023", Liu2023),
        ("lyu2024", Lyu2024),
        ("kumar2024", Kumar2024),
        ("doshi2023", Doshi2023),
        ("stander2024", Stander2024),
        ("prieto2025", Prieto2025),
        ("small", Small),
    ];
}

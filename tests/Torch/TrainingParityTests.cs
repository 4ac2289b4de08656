using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;
using Xunit.Abstractions;

namespace Grokking.Tests.Torch;

/// <summary>A hundred updates of whole experiments on both engines: the same split, weights, batches, masks and noise.</summary>
[Trait("Category", "Torch")]
public sealed class TrainingParityTests(ITestOutputHelper output)
{
    private const double Limit = 1e-3;

    private static readonly Experiment s_base = TinyExperiments.Add with
    {
        Task = Operations.Add with { Modulus = 11 },
        Optimizer = new AdamW { LearningRate = 2e-3 },
        BatchSize = 16,
        Steps = 100,
        EvaluationGrowth = 1.5,
    };

    private static readonly Dictionary<string, Experiment> s_experiments = new(StringComparer.Ordinal)
    {
        ["plain"] = s_base,
        ["two layers, no decay"] = s_base with { Model = TinyExperiments.Transformer with { NLayers = 2 }, Optimizer = AdamW.Adam },
        ["before the sublayers"] = s_base with { Model = TinyExperiments.Transformer with { Norm = NormPlacement.Pre, FinalNorm = true } },
        ["no norm, learned positions"] = s_base with
        {
            Model = TinyExperiments.Transformer with
            {
                Norm = NormPlacement.None,
                Positions = PositionKind.Learned,
                AttentionBiases = true,
                MlpBiases = true,
                UnembedBias = true,
                Initialization = InitializationKind.InverseSqrtWidth,
            },
        },
        ["openai/grok's sequences"] = s_base with { Task = Operations.Divide, Convention = SequenceConvention.OpenAICode, EvaluationSample = 100 },
        ["dropout"] = s_base with { Model = TinyExperiments.Transformer with { NLayers = 2, Dropout = 0.1 } },
        ["decay to the initialisation"] = s_base with { Optimizer = new AdamW { LearningRate = 2e-3, DecayTarget = DecayTarget.Initialization } },
        ["decay in the gradient"] = s_base with { Optimizer = new AdamW { LearningRate = 2e-3, DecayTarget = DecayTarget.Gradient, WeightDecay = 1e-2 } },
        ["update noise"] = s_base with { Optimizer = new AdamW { LearningRate = 2e-3, UpdateNoise = 0.1 } },
        ["weight noise"] = s_base with { WeightNoise = 0.01 },
        ["descent"] = s_base with { Optimizer = new Sgd { LearningRate = 0.05, WeightDecay = 1e-3 } },
        ["Nesterov's momentum"] = s_base with { Optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9, Nesterov = true, UpdateNoise = 0.1 } },
        ["clipped"] = s_base with { ClipNorm = 0.5 },
        ["no part along the weights"] = s_base with { OrthogonalGradient = true, ClipNorm = 1 },
        ["embeddings apart"] = s_base with
        {
            Optimizer = new EmbeddingsApart { Embeddings = new AdamW { LearningRate = 5e-3 }, Others = new Sgd { LearningRate = 0.02, Momentum = 0.9 } },
        },
        ["embeddings apart within either part"] = s_base with
        {
            Optimizer = new EmbeddingsApart
            {
                Embeddings = new EmbeddingsApart { LearningRate = 0.5, Embeddings = new AdamW { LearningRate = 5e-3 }, Others = new Sgd() },
                Others = new EmbeddingsApart { Embeddings = new Sgd(), Others = new AdamW { LearningRate = 2e-3, UpdateNoise = 0.1 } },
            },
        },
        ["even batches"] = s_base with { Batches = BatchRule.Even },
        ["full batches, annealed"] = s_base with { Batches = BatchRule.Full, Schedule = new LearningRateSchedule { AnnealedAtStep = 60 } },
        ["outliers"] = s_base with { Outliers = 7 },
        ["a sample is evaluated"] = s_base with { EvaluationSample = 20 },
        ["StableMax"] = s_base with { Loss = LossKind.StableMax },
        ["squared error"] = s_base with { Loss = LossKind.SquaredError },
        ["cross-entropy in float"] = s_base with { Loss = LossKind.FloatCrossEntropy },
        ["an MLP over one-hot vectors"] = TinyExperiments.OneHotMlp with { Steps = 100, EvaluationGrowth = 1.5 },
        ["an MLP with templates"] = TinyExperiments.TemplateMlp with { Steps = 100, EvaluationGrowth = 1.5 },
        ["an MLP under StableMax"] = TinyExperiments.StableMlp with { Steps = 100, EvaluationGrowth = 1.5 },
        ["an MLP with separate embeddings"] = TinyExperiments.SeparateMlp with { Steps = 100, EvaluationGrowth = 1.5 },
        ["an MLP with normalised layers and a lazy readout"] = TinyExperiments.StableMlp with
        {
            Model = (MlpConfig)TinyExperiments.StableMlp.Model with
            {
                Normalized = true,
                ReadoutScale = 3,
                Activation = ActivationKind.LinearQuadratic,
                Curvature = 0.5,
            },
            Steps = 100,
        },
        ["a student of vectors"] = TinyExperiments.TeacherMlp with { Steps = 100 },
        ["a student of vectors with a readout that stays"] = TinyExperiments.TeacherMlp with
        {
            Model = (MlpConfig)TinyExperiments.TeacherMlp.Model with { FrozenReadout = true, Normalized = true },
            Steps = 100,
            BatchSize = 10,
            Batches = BatchRule.Paper,
        },
        ["a committee from outputs of zero"] = TinyExperiments.CommitteeMlp with { Steps = 100 },
        ["a committee at its own size"] = Presets.Kumar2024 with { Steps = 30, EvaluationGrowth = 2 },
        ["Omnigrok's student"] = Presets.Liu2023 with { Steps = 100 },
        ["a frozen readout over tokens"] = TinyExperiments.StableMlp with
        {
            Model = (MlpConfig)TinyExperiments.StableMlp.Model with { FrozenReadout = true, Biases = true },
            Steps = 100,
        },
        ["vectors in classes"] = TinyExperiments.Diagonal with
        {
            Model = new MlpConfig { Input = MlpInput.Vectors, DHidden = 12, Initialization = MlpInitialization.MeanField },
            Outliers = 4,
            Steps = 100,
        },
        ["vectors in classes with templates"] = TinyExperiments.Diagonal with
        {
            Model = new MlpConfig { Input = MlpInput.Vectors, DHidden = 12, StartsAtZero = true },
            Loss = LossKind.SquaredError,
            TemplateWidth = 5,
            InitializationScale = 1,
            Steps = 100,
        },
        ["a diagonal network"] = TinyExperiments.Diagonal with { Steps = 100 },
        ["a diagonal network under squared error"] = TinyExperiments.Diagonal with
        {
            Loss = LossKind.SquaredError,
            InitializationScale = 1,
            Optimizer = new AdamW { LearningRate = 1e-2 },
            Steps = 100,
        },
        ["a constant norm"] = s_base with { ConstantNorm = true, InitializationScale = 2 },
        ["not symmetric"] = s_base with { Task = Operations.Divide with { Modulus = 11 } },
    };

    public static TheoryData<string> Names => [.. s_experiments.Keys];

    public static TheoryData<string> Transformers => [.. s_experiments.Where(pair => pair.Value.Model is TransformerConfig).Select(pair => pair.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hundred_updates_agree_with_the_CPU_engine(string name) => Check(name, BackwardPass.Autograd);

    [Theory]
    [MemberData(nameof(Transformers))]
    public void So_they_do_with_a_derived_backward_pass(string name) => Check(name, BackwardPass.Derived);

    private void Check(string name, BackwardPass backward)
    {
        Experiment experiment = s_experiments[name];
        TrainedRun expected = TinyExperiments.Train(experiment);

        using TorchEngine engine = TestDevice.NewEngine(backward: backward);
        TrainedRun actual = engine.Train(experiment, progress: null, checkpointing: null, CancellationToken.None);

        double curve = RelativeError.Of(expected.Curve, actual.Curve);
        double weights = RelativeError.Of(expected.Parameters.Span, actual.Parameters.Span);
        output.WriteLine(FormattableString.Invariant($"{name}: curve {curve:E1}, weights {weights:E1}"));
        Assert.Equal(RunOutcome.BudgetSpent, actual.Curve.Outcome);
        Assert.Equal(RunOrigin.Trained, actual.Origin);
        Assert.Equal(expected.Layout.Tensors, actual.Layout.Tensors);
        Assert.True(curve <= Limit, FormattableString.Invariant($"The curve is off by {curve:E1}."));
        Assert.True(weights <= Limit, FormattableString.Invariant($"The weights are off by {weights:E1}."));
        Assert.Equal(expected.Curve.Points[0].ValAccuracy, actual.Curve.Points[0].ValAccuracy);
        Assert.Equal(expected.Curve.Points[0].MirrorFreeValAccuracy, actual.Curve.Points[0].MirrorFreeValAccuracy);
    }
}

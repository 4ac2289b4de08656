using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class ExperimentTests
{
    private static readonly Experiment s_valid = TinyExperiments.Add;

    private static readonly Experiment s_mlp = TinyExperiments.OneHotMlp;

    private static readonly Experiment s_vectors = TinyExperiments.TeacherMlp;

    private static readonly Experiment s_diagonal = TinyExperiments.Diagonal;

    public static TheoryData<Experiment, string, object, string> OutOfRange { get; } = new()
    {
        { s_valid with { TrainFraction = 0 }, "TrainFraction", 0.0, "inside (0, 1)" },
        { s_valid with { TrainFraction = 1 }, "TrainFraction", 1.0, "inside (0, 1)" },
        { s_valid with { TrainFraction = -0.5 }, "TrainFraction", -0.5, "inside (0, 1)" },
        { s_valid with { TrainFraction = 50 }, "TrainFraction", 50.0, "inside (0, 1)" },
        { s_valid with { TrainFraction = double.NaN }, "TrainFraction", double.NaN, "inside (0, 1)" },
        { s_valid with { Task = Operations.Divide with { Modulus = 96 } }, "Modulus", 96, "a prime" },
        { s_valid with { Task = Operations.DivideOrSubtract with { Modulus = 9 } }, "Modulus", 9, "a prime" },
        { s_valid with { Task = Operations.Add with { Modulus = 1 } }, "Modulus", 1, "2 to 1000" },
        { s_valid with { Task = Operations.Compose with { Degree = 7 } }, "Degree", 7, "2 to 6" },
        { s_valid with { Outliers = -1 }, "Outliers", -1, "0 to 14" },
        { s_valid with { Outliers = 15 }, "Outliers", 15, "0 to 14" }, // 25 equations at 0.6
        { s_valid with { Task = Operations.Divide with { Modulus = 5 }, Outliers = 12 }, "Outliers", 12, "0 to 11" }, // 20 at 0.6
        { s_valid with { Convention = (SequenceConvention)7 }, "Convention", (SequenceConvention)7, "PaperText, OpenAICode, Operands" },
        { Presets.Doshi2023 with { Optimizer = new EmbeddingsApart() }, "Model.Input", MlpInput.OneHot, "SeparateEmbeddings under EmbeddingsApart" },
        { s_valid with { Model = new TransformerConfig { NHeads = 3 } }, "NHeads", 3, "a divisor of DModel, which is 128" },
        { s_valid with { Model = new TransformerConfig { NHeads = 0 } }, "NHeads", 0, "1 to 128" },
        { s_valid with { Model = new TransformerConfig { NLayers = 0 } }, "NLayers", 0, "1 to 16" },
        { s_valid with { Model = new TransformerConfig { DModel = 0 } }, "DModel", 0, "1 to 4096" },
        { s_valid with { Model = new TransformerConfig { DModel = 5, NHeads = 1 } }, "DModel", 5, "even with sinusoidal positions" },
        { s_valid with { Model = new TransformerConfig { MlpMultiplier = 17 } }, "MlpMultiplier", 17, "1 to 16" },
        { s_valid with { Model = new TransformerConfig { Dropout = 1 } }, "Dropout", 1.0, "in [0, 1)" },
        { s_valid with { Model = new TransformerConfig { Dropout = double.NaN } }, "Dropout", double.NaN, "in [0, 1)" },
        { s_valid with { Model = new TransformerConfig { Norm = (NormPlacement)3 } }, "Norm", (NormPlacement)3, "Post, Pre, None" },
        { s_valid with { Model = new TransformerConfig { Positions = (PositionKind)2 } }, "Positions", (PositionKind)2, "Sinusoidal, Learned" },
        { s_valid with { Model = new TransformerConfig { Activation = (ActivationKind)5 } }, "Activation", (ActivationKind)5, "Relu, Gelu, Tanh, Quadratic" },
        {
            s_valid with { Model = new TransformerConfig { Activation = ActivationKind.LinearQuadratic } },
            "Activation", ActivationKind.LinearQuadratic, "Relu, Gelu, Tanh or Quadratic in a transformer"
        },
        { s_valid with { Model = new TransformerConfig { Initialization = (InitializationKind)2 } }, "Initialization", (InitializationKind)2, "PyTorchDefault" },
        { s_mlp with { Model = new MlpConfig { DHidden = 0 } }, "DHidden", 0, "1 to 16384" },
        { s_mlp with { Model = new MlpConfig { Input = (MlpInput)4 } }, "Input", (MlpInput)4, "OneHot, SummedEmbeddings, SeparateEmbeddings, Vectors" },
        { s_mlp with { Convention = SequenceConvention.OpenAICode }, "Convention", SequenceConvention.OpenAICode, "PaperText or Operands with an MLP" },
        { s_valid with { Loss = (LossKind)4 }, "Loss", (LossKind)4, "CrossEntropy, StableMax, SquaredError, FloatCrossEntropy" },
        { s_mlp with { TemplateWidth = 0 }, "TemplateWidth", 0, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_mlp with { TemplateWidth = 4097 }, "TemplateWidth", 4097, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_mlp with { TemplateWidth = 30, Loss = LossKind.CrossEntropy }, "TemplateWidth", 30, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_mlp with { TemplateWidth = 30, Loss = LossKind.StableMax }, "TemplateWidth", 30, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_mlp with { TemplateWidth = 30, Model = new TransformerConfig() }, "TemplateWidth", 30, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_mlp with { Task = Operations.AddOrdered with { Size = 1 } }, "Size", 1, "2 to 1000" },
        { s_mlp with { Task = Operations.AddOrdered, Outliers = 33 }, "Outliers", 33, "0 to 32" }, // 55 equations at 0.6
        { s_mlp with { Optimizer = new EmbeddingsApart { LearningRate = -1 } }, "LearningRate", -1.0, "> 0" },
        { s_mlp with { Optimizer = new EmbeddingsApart { Embeddings = new Sgd { Momentum = 1 } } }, "Momentum", 1.0, "in [0, 1)" },
        { s_valid with { Optimizer = new AdamW { LearningRate = double.NaN } }, "LearningRate", double.NaN, "> 0" },
        { s_valid with { Optimizer = new AdamW { LearningRate = 0 } }, "LearningRate", 0.0, "> 0" },
        { s_valid with { Optimizer = new AdamW { Beta2 = 1 } }, "Beta2", 1.0, "in [0, 1)" },
        { s_valid with { Optimizer = new AdamW { WeightDecay = -1 } }, "WeightDecay", -1.0, "≥ 0" },
        { s_valid with { Optimizer = new AdamW { DecayTarget = (DecayTarget)9 } }, "DecayTarget", (DecayTarget)9, "one of Origin, Initialization, Gradient" },
        { s_valid with { Optimizer = new Sgd { Momentum = 1 } }, "Momentum", 1.0, "in [0, 1)" },
        { s_valid with { Schedule = new() { WarmupSteps = -1 } }, "WarmupSteps", -1, "≥ 0" },
        { s_valid with { Schedule = new() { AnnealedAtStep = 10 } }, "AnnealedAtStep", 10, "> WarmupSteps = 10" },
        { s_valid with { Schedule = new() { FinalFraction = 2 } }, "FinalFraction", 2.0, "in [0, 1]" },
        { s_valid with { ClipNorm = 0 }, "ClipNorm", 0.0, "null, or > 0 and finite" },
        { s_valid with { ClipNorm = double.NaN }, "ClipNorm", double.NaN, "null, or > 0 and finite" },
        { s_valid with { WeightNoise = -1 }, "WeightNoise", -1.0, "≥ 0" },
        { s_valid with { WeightNoise = double.PositiveInfinity }, "WeightNoise", double.PositiveInfinity, "finite" },
        { s_valid with { Batches = (BatchRule)3 }, "Batches", (BatchRule)3, "Paper, Even, Full" },
        { s_valid with { BatchSize = 0 }, "BatchSize", 0, "≥ 1" },
        { s_valid with { Steps = 0 }, "Steps", 0, "≥ 1" },
        { s_valid with { Steps = -5 }, "Steps", -5, "≥ 1" },
        { s_valid with { Stopping = (StoppingRule)2 }, "Stopping", (StoppingRule)2, "AtBudget, WhenGeneralized" },
        { s_valid with { EvaluationGrowth = 1 }, "EvaluationGrowth", 1.0, "in (1, 2]" },
        { s_valid with { EvaluationGrowth = 2.5 }, "EvaluationGrowth", 2.5, "in (1, 2]" },
        { s_valid with { EvaluationGrowth = double.NaN }, "EvaluationGrowth", double.NaN, "in (1, 2]" },
        { s_valid with { EvaluationSample = 0 }, "EvaluationSample", 0, "null or ≥ 1" },
        { s_valid with { InitializationScale = 0 }, "InitializationScale", 0.0, "> 0 and finite" },
        { s_valid with { InitializationScale = double.NaN }, "InitializationScale", double.NaN, "> 0 and finite" },
        { s_valid with { InitializationScale = double.PositiveInfinity }, "InitializationScale", double.PositiveInfinity, "> 0 and finite" },
        { s_valid with { InitializationScale = 1e39 }, "InitializationScale", 1e39, "1.4e-45 to 3.4e38" },
        { s_valid with { InitializationScale = 1e-46 }, "InitializationScale", 1e-46, "1.4e-45 to 3.4e38" },
        { s_valid with { WeightNoise = 1e39 }, "WeightNoise", 1e39, "up to 3.4e38" },
        { s_valid with { Optimizer = new AdamW { UpdateNoise = 1e39 } }, "UpdateNoise", 1e39, "up to 3.4e38" },
        { s_valid with { Optimizer = new AdamW { WeightDecay = 1e39 } }, "WeightDecay", 1e39, "up to 3.4e38" },
        { s_valid with { Optimizer = new AdamW { Epsilon = 1e-46 } }, "Epsilon", 1e-46, "1.4e-45 to 3.4e38" },
        { s_valid with { Optimizer = new AdamW { Epsilon = 1e39 } }, "Epsilon", 1e39, "1.4e-45 to 3.4e38" },
        { s_valid with { Optimizer = new Sgd { UpdateNoise = 1e39 } }, "UpdateNoise", 1e39, "up to 3.4e38" },
        { s_valid with { Optimizer = new Sgd { WeightDecay = 1e39 } }, "WeightDecay", 1e39, "up to 3.4e38" },
        { s_vectors with { Task = new TeacherStudent { Examples = 1 } }, "Examples", 1, "2 to 100000" },
        { s_diagonal with { Task = new SparseClassification { Relevant = 4 } }, "Relevant", 4, "odd and 1 to 500" },
        { s_vectors with { Outliers = 24 }, "Outliers", 24, "0 to 23" }, // 40 examples at 0.6
        { s_vectors with { Model = new TransformerConfig() }, "Task", s_vectors.Task.Name, "an operation with a transformer, which reads tokens," },
        { s_vectors with { Model = new MlpConfig() }, "Model.Input", MlpInput.OneHot, "Vectors for a task of vectors" },
        { s_mlp with { Model = new MlpConfig { Input = MlpInput.Vectors } }, "Model.Input", MlpInput.Vectors, "another than Vectors for an operation" },
        { s_vectors with { Loss = LossKind.CrossEntropy }, "Loss", LossKind.CrossEntropy, "SquaredError for a regression" },
        { s_vectors with { Loss = LossKind.StableMax }, "Loss", LossKind.StableMax, "SquaredError for a regression" },
        { s_vectors with { TemplateWidth = 5 }, "TemplateWidth", 5, "null, or 1 to 4096 with an MLP that learns classes under SquaredError" },
        { s_diagonal with { TemplateWidth = 5, Loss = LossKind.SquaredError }, "TemplateWidth", 5, "null, or 1 to 4096 with an MLP that learns classes" },
        { s_vectors with { Model = new DiagonalConfig() }, "Task", s_vectors.Task.Name, "one of vectors in two classes with a diagonal network" },
        { s_valid with { Model = new DiagonalConfig() }, "Task", s_valid.Task.Name, "one of vectors in two classes with a diagonal network" },
        { s_mlp with { Model = new MlpConfig { StartsAtZero = true } }, "StartsAtZero", true, "false, or the input Vectors," },
        { s_vectors with { Model = new MlpConfig { Input = MlpInput.Vectors, Curvature = -1 } }, "Curvature", -1.0, "≥ 0 and finite" },
        { s_vectors with { Model = new MlpConfig { Input = MlpInput.Vectors, ReadoutScale = 0 } }, "ReadoutScale", 0.0, "> 0 and finite" },
        { s_vectors with { Optimizer = new EmbeddingsApart() }, "Model.Input", MlpInput.Vectors, "SeparateEmbeddings under EmbeddingsApart" },
        { s_diagonal with { Optimizer = new EmbeddingsApart() }, "Optimizer", "EmbeddingsApart", "another than EmbeddingsApart with a diagonal network" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void A_value_outside_its_range_is_refused_by_field_value_and_range_before_any_training(
        Experiment experiment, string field, object value, string range)
    {
        var told = new RecordedProgress();

        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(field, () => new CpuEngine().Train(experiment, told, checkpointing: null, CancellationToken.None));

        Assert.Equal(value, error.ActualValue);
        Assert.Contains($"{field} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{value}"), error.Message, StringComparison.Ordinal);
        Assert.Contains(range, error.Message, StringComparison.Ordinal);
        Assert.Empty(told.Reports);
    }

    [Fact]
    public void The_edges_of_the_ranges_are_valid()
    {
        Experiment edges = s_valid with
        {
            TrainFraction = double.Epsilon,
            Model = TinyExperiments.Transformer with { NLayers = 16, NHeads = 16, MlpMultiplier = 16, Dropout = Math.BitDecrement(1.0) },
            Schedule = new() { WarmupSteps = 0, AnnealedAtStep = 1, FinalFraction = 0 },
            ClipNorm = double.Epsilon,
            WeightNoise = 0,
            BatchSize = 1,
            Steps = 1,
            EvaluationGrowth = 2,
            EvaluationSample = 1,
        };

        edges.Validate();
        (s_valid with { Outliers = 14 }).Validate();
        (s_mlp with { TemplateWidth = 1, Task = Operations.AddOrdered with { Size = 2 } }).Validate();
        (s_mlp with { TemplateWidth = 4096, Task = Operations.AddOrdered with { Size = 1000 }, Convention = SequenceConvention.PaperText }).Validate();
        (s_valid with { Loss = LossKind.SquaredError, Convention = SequenceConvention.Operands }).Validate();
        (s_vectors with { Outliers = 23, InitializationScale = float.Epsilon, Convention = SequenceConvention.OpenAICode }).Validate(); // it has no equations
        (s_vectors with { Task = new SparseClassification(), TemplateWidth = 4096 }).Validate();
        (s_diagonal with { Loss = LossKind.StableMax }).Validate();
        (s_valid with { InitializationScale = float.MaxValue, WeightNoise = double.Epsilon }).Validate(); // such a noise is none
        (s_valid with { Optimizer = new AdamW { Epsilon = float.Epsilon, UpdateNoise = float.MaxValue } }).Validate();
        (s_valid with { Optimizer = new Sgd { LearningRate = 1e300, WeightDecay = float.MaxValue } }).Validate(); // a rate is a double
        (edges with { BatchSize = int.MaxValue, Steps = int.MaxValue, EvaluationGrowth = Math.BitIncrement(1.0), ClipNorm = null }).Validate();
    }

    [Theory]
    [InlineData("x+y", 101, "Modulus must be 2 to 97")]
    [InlineData("x*y in S", 4, "Degree must be 5")]
    public void A_size_that_the_convention_has_no_tokens_for_is_refused_before_any_training(string formula, int size, string reason)
    {
        Experiment experiment = s_valid with { Task = Operations.Parse(formula, size), Convention = SequenceConvention.OpenAICode };

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(experiment.Validate);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        (experiment with { Convention = SequenceConvention.PaperText }).Validate();
    }

    [Fact]
    public void An_operation_that_the_convention_has_no_sign_for_is_refused_before_any_training()
    {
        Experiment experiment = TinyExperiments.First with { Convention = SequenceConvention.OpenAICode };

        Assert.Contains("no operator token for x mod 7", Assert.Throws<ArgumentException>(experiment.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_sums_without_a_modulus_has_no_sign_there_either() => Assert.Contains(
        "no operator token for x+y for x<=y<10",
        Assert.Throws<ArgumentException>((s_valid with { Task = Operations.AddOrdered, Convention = SequenceConvention.OpenAICode }).Validate).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Equal_experiments_are_equal_values_and_one_changed_field_makes_another()
    {
        Experiment same = new()
        {
            Task = Operations.Add with { Modulus = 5 },
            TrainFraction = 0.6,
            Model = new TransformerConfig { NLayers = 1, DModel = 16, NHeads = 2 },
            Optimizer = new AdamW { LearningRate = 1e-2 },
            Steps = 20,
        };

        Assert.Equal(s_valid, same);
        Assert.Equal(s_valid.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(s_valid, same with { Optimizer = new AdamW { LearningRate = 1e-2, UpdateNoise = 1e-9 } });
        Assert.NotEqual(s_valid, same with { Model = new MlpConfig() });
        Assert.NotEqual(s_valid, same with { Loss = LossKind.StableMax });
        Assert.NotEqual(s_valid, same with { OrthogonalGradient = true });
        Assert.NotEqual(s_mlp, s_mlp with { TemplateWidth = 5 });
        Assert.NotEqual(s_vectors, s_vectors with { InitializationScale = 3 });
        Assert.NotEqual(s_vectors, s_vectors with { ConstantNorm = true });
        Assert.NotEqual(s_vectors, s_vectors with { Task = (TeacherStudent)s_vectors.Task with { Tolerance = 1 } });
        Assert.Equal(s_diagonal, s_diagonal with { Model = new DiagonalConfig() });
    }
}

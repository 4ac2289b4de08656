using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class ExperimentOverridesTests
{
    private static readonly Experiment s_basis = Presets.Small;

    private static readonly TransformerConfig s_transformer = (TransformerConfig)s_basis.Model;

    public static TheoryData<string, Experiment> Changes { get; } = new()
    {
        { "seed=18446744073709551615", s_basis with { Seed = ulong.MaxValue } },
        { "steps=1e5", s_basis with { Steps = 100_000 } },
        { "trainFraction=0.3", s_basis with { TrainFraction = 0.3 } },
        { "frac=.3", s_basis with { TrainFraction = 0.3 } },
        { "TRAINFRACTION=3e-1", s_basis with { TrainFraction = 0.3 } },
        { "outliers=100", s_basis with { Outliers = 100 } },
        { "clipNorm=none", s_basis with { ClipNorm = null } },
        { "clip=null", s_basis with { ClipNorm = null } },
        { "clip=2", s_basis with { ClipNorm = 2 } },
        { "evaluationSample=100", s_basis with { EvaluationSample = 100 } },
        { "batches=full", s_basis with { Batches = BatchRule.Full } },
        { "batch=64", s_basis with { BatchSize = 64 } },
        { "stop=WhenGeneralized", s_basis with { Stopping = StoppingRule.WhenGeneralized } },
        { "convention=openaicode", s_basis with { Convention = SequenceConvention.OpenAICode } },
        { "model.nLayers=1", s_basis with { Model = s_transformer with { NLayers = 1 } } },
        { "layers=1", s_basis with { Model = s_transformer with { NLayers = 1 } } },
        { "width=32", s_basis with { Model = s_transformer with { DModel = 32 } } },
        { "heads=2", s_basis with { Model = s_transformer with { NHeads = 2 } } },
        { "dropout=0.1", s_basis with { Model = s_transformer with { Dropout = 0.1 } } },
        { "norm=none", s_basis with { Model = s_transformer with { Norm = NormPlacement.None } } },
        { "act=gelu", s_basis with { Model = s_transformer with { Activation = ActivationKind.Gelu } } },
        { "model.mlpBiases=true", s_basis with { Model = s_transformer with { MlpBiases = true } } },
        { "act=tanh", s_basis with { Model = s_transformer with { Activation = ActivationKind.Tanh } } },
        { "model=mlp", s_basis with { Model = new MlpConfig() } },
        { "model=MlpConfig", s_basis with { Model = new MlpConfig() } },
        { "model=transformer", s_basis },
        { "loss=squarederror", s_basis with { Loss = LossKind.SquaredError } },
        { "orthogonalGradient=true", s_basis with { OrthogonalGradient = true } },
        { "convention=operands", s_basis with { Convention = SequenceConvention.Operands } },
        { "optimizer=embeddingsapart", s_basis with { Optimizer = new EmbeddingsApart() } },
        { "op=x+y for x<=y<", s_basis with { Task = Operations.AddOrdered } },
        { "op=x+y for x<=y<12", s_basis with { Task = Operations.AddOrdered with { Size = 12 } } },
        { "warmup=0", s_basis with { Schedule = new() { WarmupSteps = 0 } } },
        { "optimizer.weightDecay=0", s_basis with { Optimizer = (AdamW)s_basis.Optimizer with { WeightDecay = 0 } } },
        { "wd=0.5", s_basis with { Optimizer = (AdamW)s_basis.Optimizer with { WeightDecay = 0.5 } } },
        { "lr=0.01", s_basis with { Optimizer = new AdamW { LearningRate = 0.01 } } },
        { "optimizer=sgd", s_basis with { Optimizer = new Sgd() } },
        { "opt=Adam", s_basis with { Optimizer = (AdamW)s_basis.Optimizer with { WeightDecay = 0 } } },
        { "optimizer=adamw", s_basis },
        { "task=x+y", s_basis with { Task = Operations.Add with { Modulus = 43 } } },
        { "op=x/y|x-y", s_basis with { Task = Operations.DivideOrSubtract with { Modulus = 43 } } },
        { "op=x+y mod 59", s_basis with { Task = Operations.Add with { Modulus = 59 } } },
        { "op=x*y in S", s_basis with { Task = Operations.Compose } },
        { "op=x*y in S4", s_basis with { Task = Operations.Compose with { Degree = 4 } } },
        { "task.modulus=59", s_basis with { Task = Operations.Subtract with { Modulus = 59 } } },
        { "p=59", s_basis with { Task = Operations.Subtract with { Modulus = 59 } } },
        { " p = 59 ", s_basis with { Task = Operations.Subtract with { Modulus = 59 } } },
    };

    public static TheoryData<string[], string, string> Refused { get; } = new()
    {
        { ["small"], "", "small is no key=value" },
        { ["=1"], "", "is no key=value" },
        { ["seed="], "seed", "has an empty value" },
        { ["seed=1,,2"], "seed", "has an empty value" },
        { ["seed=1,2,1"], "seed", "has the value 1 twice" },
        { ["seed=0..3,2"], "seed", "has the value 2 twice" },
        { ["seed=3..1"], "seed", "has the range 3..1" },
        { ["seed=0,00"], "seed", "has the values 0 and 00, which make the same experiment" },
        { ["wd=0,1", "frac=0.5,0.3,0.50"], "frac", "has the values 0.5 and 0.50, which make the same experiment" },
        { ["lr=1e-3,0.001"], "lr", "has the values 1e-3 and 0.001, which make the same experiment" },
        { ["opt=adam,adamw", "wd=1"], "opt", "has the values adam and adamw, which make the same experiment" },
        { ["seed=1..x"], "seed", "has the range 1..x" },
        { ["seed=0..999", "warmup=0..100"], "warmup", "makes more than 100000 experiments" },
        { ["frac=0.1..0.9"], "frac", "has the range 0.1..0.9" },
        { ["seed=0..99999", "wd=0,1"], "wd", "more than 100000 experiments" },
        { ["seed=0..170141183460469231731687303715884105727"], "seed", "has more than 100000 values" },
        { ["seed=-170141183460469231731687303715884105728..170141183460469231731687303715884105727"], "seed", "has more than 100000 values" },
        { ["seed=-2..170141183460469231731687303715884105727"], "seed", "has more than 100000 values" },
        { ["seed=0..99999,100000,100001..100002"], "seed", "has more than 100000 values" },
        { ["wd=1", "optimizer.weightdecay=2"], "optimizer.weightdecay", "is set twice: wd=1 and optimizer.weightdecay=2" },
        { ["weightDecay=1"], "weightDecay", "did you mean optimizer.weightDecay?" },
        { ["seeds=1"], "seeds", "did you mean seed?" },
        { ["leyers=1"], "leyers", "did you mean layers?" },
        { ["model.layers=1"], "model.layers", "did you mean model.nLayers?" },
        { ["model=1"], "model", "must be one of Transformer, Mlp, Diagonal and is 1" },
        { ["model=transfomer"], "model", "must be one of Transformer, Mlp, Diagonal and is transfomer; did you mean Transformer?" },
        { ["model=mlp", "model.nHeads=2"], "model.nHeads", "is no key" },
        { ["model=mlp", "heads=2"], "heads, which is model.nHeads,", "is no key" },
        { ["hidden=64"], "hidden, which is model.dHidden,", "is no key" },
        { ["model=mlp", "model.dHiden=2"], "model.dHiden", "did you mean model.dHidden?" },
        { ["model=mlp", "convention=OpenAICode"], "convention", "PaperText or Operands with an MLP" },
        { ["templateWidth=30"], "templateWidth", "with an MLP that learns classes under SquaredError" },
        { ["optimizer.embeddings=adam"], "optimizer.embeddings", "is no key" },
        { ["optimizer=embeddingsapart", "optimizer.embeddings=lion"], "optimizer.embeddings", "must be one of Adam, AdamW, Sgd, EmbeddingsApart" },
        { ["optimizer=embeddingsapart", "wd=1"], "wd, which is optimizer.weightDecay,", "is no key" },
        { ["op=x+y for x<=y<1"], "op", "Size must be 2 to 1000" },
        { ["op=x+y for x<=y<10", "p=59"], "p, which is task.modulus,", "is no key" },
        { ["task.size=5"], "task.size", "is no key" },
        { ["seed.x=1"], "seed.x", "is no key" },
        { ["task.formula.name=x+y"], "task.formula.name", "is no key" },
        { ["task.degree=5"], "task.degree", "is no key" },
        { ["op=x*y in S", "p=59"], "p, which is task.modulus,", "is no key" },
        { ["optimizer=sgd", "optimizer.beta1=0"], "optimizer.beta1", "is no key" },
        { ["optimizer=lion"], "optimizer", "must be one of Adam, AdamW, Sgd, EmbeddingsApart" },
        { ["op=nonsense"], "op", "No task is called \"nonsense\"; did you mean " },
        { ["op=nonsense"], "op", "x+y for x<=y<, TeacherStudent, SparseClassification, QuadraticRegression, IdxImages." },
        { ["op=sparseclasification"], "op", "did you mean \"SparseClassification\"?" },
        { ["op=TeacherStudent"], "task", "Task must be an operation with a transformer, which reads tokens, and is teacher 5-100-100-5 on 200 inputs." },
        { ["op=TeacherStudent", "model=mlp"], "model.input", "Model.Input must be Vectors for a task of vectors and is OneHot." },
        { ["model=mlp", "model.input=vectors"], "model.input", "Model.Input must be another than Vectors for an operation and is Vectors." },
        { ["op=TeacherStudent", "model=mlp", "model.input=vectors"], "loss", "Loss must be SquaredError for a regression and is CrossEntropy." },
        {
            ["op=TeacherStudent", "model=mlp", "model.input=vectors", "loss=squarederror", "templateWidth=9"],
            "templateWidth", "with an MLP that learns classes under SquaredError"
        },
        { ["op=TeacherStudent", "model=diagonal", "loss=squarederror"], "task", "must be one of vectors in two classes with a diagonal network" },
        { ["model=mlp", "model.startsAtZero=true"], "startsAtZero", "StartsAtZero must be false, or the input Vectors, and is True." },
        { ["act=linearquadratic"], "activation", "Activation must be Relu, Gelu, Tanh or Quadratic in a transformer" },
        { ["op=TeacherStudent", "model=mlp", "model.input=vectors", "p=59"], "p, which is task.modulus,", "is no key" },
        { ["op=SparseClassification", "model=diagonal", "task.relevant=4"], "relevant", "Relevant must be odd and 1 to 500 and is 4." },
        { ["task.width=5"], "task.width", "is no key" },
        { ["op=x+z"], "op", "did you mean \"x+y\"?" },
        { ["steps=1.5"], "steps", "must be a whole number" },
        { ["steps=1e10"], "steps", "must be a whole number" },
        { ["seed=-1"], "seed", "must be a whole number from 0" },
        { ["frac=NaN"], "frac", "must be a finite number and is NaN" },
        { ["frac=1e999"], "frac", "must be a finite number" },
        { ["frac=0,5"], "trainFraction", "must be inside (0, 1) and is 0." },
        { ["clip=nothing"], "clip", "must be a finite number, or null, and is nothing" },
        { ["batches=1"], "batches", "must be one of Paper, Even, Full and is 1" },
        { ["model.finalNorm=yes"], "model.finalNorm", "must be true or false and is yes" },
        { ["heads=3"], "nHeads", "NHeads must be a divisor of DModel" },
        { ["p=96", "op=x/y"], "modulus", "Modulus must be a prime" },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void An_assignment_changes_what_it_names_and_nothing_else(string assignment, Experiment expected) =>
        Assert.Equal(expected, Assert.Single(Expand(assignment)).Experiment);

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_not_understood_is_refused_by_its_key(string[] assignments, string key, string problem)
    {
        ExperimentFormatException error = Assert.Throws<ExperimentFormatException>(() => Expand(assignments));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(key, error.Key);
    }

    [Fact]
    public void Without_assignments_there_is_the_experiment_itself()
    {
        ExperimentVariation only = Assert.Single(Expand());

        Assert.Equal(s_basis, only.Experiment);
        Assert.Empty(only.Varied);
    }

    [Fact]
    public void Lists_and_ranges_make_all_combinations_with_the_first_key_outermost()
    {
        IReadOnlyList<ExperimentVariation> sweep = Expand("wd=0,1", "steps=100", "seed=8..10,3");

        Assert.Equal(
            [(0, 8), (0, 9), (0, 10), (0, 3), (1, 8), (1, 9), (1, 10), (1, 3)],
            sweep.Select(each => (((AdamW)each.Experiment.Optimizer).WeightDecay, each.Experiment.Seed)));
        Assert.All(sweep, each => Assert.Equal(100, each.Experiment.Steps));
        Assert.Equal([KeyValuePair.Create("wd", "1"), KeyValuePair.Create("seed", "9")], sweep[5].Varied);
        Assert.Equal(8, ExperimentOverrides.Parse(["wd=0,1", "steps=100", "seed=8..10,3"]).Count);
    }

    [Fact]
    public void A_whole_is_set_before_its_parts_in_whichever_order()
    {
        var expected = new Sgd { LearningRate = 0.1, Momentum = 0.9 };

        Assert.Equal(expected, Expand("optimizer.momentum=0.9", "lr=0.1", "optimizer=sgd")[0].Experiment.Optimizer);
        Assert.Equal(expected, Expand("optimizer=sgd", "optimizer.momentum=0.9", "lr=0.1")[0].Experiment.Optimizer);
        Assert.Equal(Operations.Add with { Modulus = 59 }, Expand("p=59", "op=x+y")[0].Experiment.Task);
    }

    [Fact]
    public void A_model_and_the_rules_inside_a_rule_are_set_before_their_parts_in_whichever_order()
    {
        var mlp = new MlpConfig { DHidden = 64, NLayers = 2, Input = MlpInput.SummedEmbeddings };
        var rule = new EmbeddingsApart { Embeddings = new Sgd { Momentum = 0.9 }, Others = AdamW.Adam with { LearningRate = 1e-4 } };
        string[] assignments =
        [
            "optimizer.embeddings.momentum=0.9", "model.input=summedembeddings", "hidden=64", "optimizer.embeddings=sgd", "layers=2",
            "optimizer.others.learningRate=1e-4", "model=mlp", "optimizer=embeddingsapart",
        ];
        Experiment expected = s_basis with { Model = mlp, Optimizer = rule };

        Assert.Equal(expected, Expand(assignments)[0].Experiment);
        Assert.Equal(expected, Expand([.. assignments.Reverse()])[0].Experiment);
        Assert.Equal(1e-3, AdamW.Adam.LearningRate);
    }

    [Fact]
    public void Liu_s_two_rates_and_the_table_s_size_can_be_swept()
    {
        IReadOnlyList<ExperimentVariation> sweep = ExperimentOverrides
            .Parse(["optimizer.embeddings.learningRate=1e-3,1e-2", "optimizer.others.learningRate=1e-5,1e-4,1e-3", "task.size=8,10", "templateWidth=30,none"])
            .Expand(Presets.Liu2022);

        Assert.Equal(24, sweep.Select(each => each.Experiment).Distinct().Count());
        Assert.Equal(
            [1e-3, 1e-2], sweep.Select(each => ((EmbeddingsApart)each.Experiment.Optimizer).Embeddings.LearningRate).Distinct());
        Assert.Equal(["x+y for x<=y<8", "x+y for x<=y<10"], sweep.Select(each => each.Experiment.Task.Name).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_task_of_vectors_its_sizes_and_what_its_networks_add_can_be_swept()
    {
        IReadOnlyList<ExperimentVariation> sweep = ExperimentOverrides
            .Parse(["task.examples=100,200", "initializationScale=0.5,2", "constantNorm=false,true", "model.readoutScale=1,4"])
            .Expand(Presets.Liu2023);

        Assert.Equal(16, sweep.Select(each => each.Experiment).Distinct().Count());
        Assert.Equal(
            Presets.Liu2023 with { Task = new TeacherStudent { Examples = 100 }, InitializationScale = 0.5, Model = (MlpConfig)Presets.Liu2023.Model with { ReadoutScale = 4 } },
            sweep[1].Experiment);
        Assert.Equal([true, false], sweep.Select(each => each.Experiment.ConstantNorm).Distinct().OrderDescending());
    }

    [Fact]
    public void A_task_of_vectors_is_set_before_its_parts_in_whichever_order()
    {
        Experiment expected = s_basis with { Task = new SparseClassification { Width = 40, Relevant = 5 }, Model = new DiagonalConfig() };

        Assert.Equal(expected, Expand("task.relevant=5", "op=sparseclassification", "model=diagonal", "task.width=40")[0].Experiment);
        Assert.Equal(expected, Expand("task.width=40", "model=DiagonalConfig", "task=SparseClassification", "task.relevant=5")[0].Experiment);
    }

    [Fact]
    public void Operations_and_optimisers_can_be_swept()
    {
        IReadOnlyList<ExperimentVariation> sweep = Expand("op=x+y,x*y in S5", "optimizer=adam,adamw,sgd");

        Assert.Equal(["x+y mod 43", "x*y in S5"], sweep.Select(each => each.Experiment.Task.Name).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(6, sweep.Select(each => each.Experiment).Distinct().Count());
    }

    [Fact]
    public void As_many_experiments_as_allowed_are_made()
    {
        IReadOnlyList<ExperimentVariation> sweep = Expand("seed=1..100000");

        Assert.Equal(ExperimentOverrides.MostExperiments, sweep.Count);
        Assert.Equal(100_000UL, sweep[^1].Experiment.Seed);
    }

    private static IReadOnlyList<ExperimentVariation> Expand(params string[] assignments) => ExperimentOverrides.Parse(assignments).Expand(s_basis);
}

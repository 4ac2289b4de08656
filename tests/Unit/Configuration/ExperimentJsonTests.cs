using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class ExperimentJsonTests
{
    public static TheoryData<Experiment> Experiments { get; } =
    [
        .. Presets.Named.Values,
        .. Operations.All.Select(operation => Presets.PaperText with { Task = operation }),
        Presets.PaperText with { Task = Operations.Conjugate with { Degree = 4 } },
        Presets.PaperText with { Optimizer = new Sgd { Momentum = 0.9, Nesterov = true, WeightDecay = 1e-4, UpdateNoise = 5e-324 } },
        Presets.PaperText with { Optimizer = new AdamW { DecayTarget = DecayTarget.Initialization, Beta2 = Math.BitDecrement(1.0) } },
        Presets.PaperText with { Seed = ulong.MaxValue, Steps = int.MaxValue, TrainFraction = double.Epsilon, WeightNoise = -0.0 },
        Presets.PaperText with { ClipNorm = double.MaxValue, EvaluationSample = 7, Schedule = new() { AnnealedAtStep = 40 } },
        Presets.PaperText with { Model = new TransformerConfig { Norm = NormPlacement.Pre, Activation = ActivationKind.Gelu, Dropout = 0.1, UnembedBias = true } },
        Presets.PaperText with { Loss = LossKind.StableMax, OrthogonalGradient = true, Convention = SequenceConvention.Operands },
        Presets.Doshi2023 with { Task = Operations.AddOrdered with { Size = 7 }, TemplateWidth = 4096 },
        Presets.Prieto2025 with { Model = new MlpConfig { Input = MlpInput.SeparateEmbeddings, DEmbed = 9, Biases = true, Activation = ActivationKind.Gelu } },
        Presets.Stander2024 with { Optimizer = new EmbeddingsApart { LearningRate = 0.5, Embeddings = new Sgd { Nesterov = true }, Others = new EmbeddingsApart() } },
        Presets.PaperText with { Batches = BatchRule.Full, Stopping = StoppingRule.WhenGeneralized },
        TinyExperiments.TeacherMlp,
        TinyExperiments.TeacherMlp with { Task = new TeacherStudent { Width = 7, Hidden = 8, Examples = 9, Tolerance = Math.BitDecrement(0.1) } },
        TinyExperiments.CommitteeMlp with { ConstantNorm = false, InitializationScale = float.Epsilon },
        TinyExperiments.CommitteeMlp with { Task = new QuadraticRegression { Width = 7, Examples = 9, Tolerance = 5e-324 } },
        TinyExperiments.Diagonal with { Task = new SparseClassification { Width = 7, Relevant = 7, Examples = 9 }, Outliers = 4 },
    ];

    public static TheoryData<string, string, string> Refused { get; } = new()
    {
        { "", "", "is no JSON" },
        { "{", "", "is no JSON" },
        { """{"task":"x+y",}""", "", "is no JSON" },
        { """{"task":"x+y" /* half */}""", "", "is no JSON" },
        { """{"task":"x+y","weightNoise":NaN}""", "", "is no JSON" },
        { """{"task":"\ud800"}""", "", "is no JSON" },
        { "\ud800", "", "is no JSON" },
        { "null", "", "must be a JSON object and is null" },
        { "[]", "", "must be a JSON object and is []" },
        { "{}", "task", "is missing" },
        { """{"task":"x+y","seed":1,"seed":1}""", "seed", "is there twice" },
        { """{"task":"x+y","":1,"":1}""", "", "An empty text is there twice as a key" },
        { """{"task":"x+y","model":{"dModel":8,"dModel":8}}""", "model.dModel", "is there twice" },
        { """{"task":"x+y","seeds":1}""", "seeds", "did you mean seed?" },
        { """{"task":"x+y","Seed":1}""", "Seed", "did you mean seed?" },
        { """{"task":"x+y","optimizer":{"weightDecy":1}}""", "optimizer.weightDecy", "did you mean optimizer.weightDecay?" },
        { """{"task":"x+y","optimizer":{"kind":"Sgd","beta1":1}}""", "optimizer.beta1", "is no key" },
        { """{"task":"x+y","optimizer":{"kind":"Lion"}}""", "optimizer.kind", "must be one of AdamW, Sgd, EmbeddingsApart" },
        { """{"task":"x+y","optimizer":{"kind":1}}""", "optimizer.kind", "must be a text and is 1" },
        { """{"task":"x+y","optimizer":"lion"}""", "optimizer", "must be one of Adam, AdamW, Sgd, EmbeddingsApart" },
        { """{"task":"x+y","optimizer":null}""", "optimizer", "must be an object and is null" },
        { """{"task":"x+y","model":3}""", "model", "must be an object and is 3" },
        { """{"task":"x+y","model":"Mpl"}""", "model", "must be one of Transformer, Mlp, Diagonal and is Mpl; did you mean Mlp?" },
        { """{"task":"x+y","model":{"kind":"MlpConfg"}}""", "model.kind", "must be one of TransformerConfig, MlpConfig, DiagonalConfig and is MlpConfg; did you mean MlpConfig?" },
        { """{"task":"x+y","model":{"kind":"Mlp"}}""", "model.kind", "must be one of TransformerConfig, MlpConfig, DiagonalConfig and is Mlp" },
        { """{"task":"x+y","model":{"kind":null}}""", "model.kind", "must be a text and is null" },
        { """{"task":"x+y","model":{"dHidden":8}}""", "model.dHidden", "is no key" },
        { """{"task":"x+y","model":{"kind":"MlpConfig","nHeads":8}}""", "model.nHeads", "is no key" },
        { """{"task":"x+y","model":{"kind":"MlpConfig","dHiden":8}}""", "model.dHiden", "did you mean model.dHidden?" },
        { """{"task":"x+y","model":{"kind":"MlpConfig","input":"onehot"}}""", "model.input", "did you mean OneHot?" },
        { """{"task":"x+y","model":{"kind":"MlpConfig","dHidden":0}}""", "dHidden", "DHidden must be 1 to 16384 and is 0." },
        { """{"task":"x+y","model":"Mlp","convention":"OpenAICode"}""", "convention", "Convention must be PaperText or Operands with an MLP" },
        { """{"task":"x+y","templateWidth":5}""", "templateWidth", "with an MLP that learns classes under SquaredError" },
        { """{"task":"x+y","loss":"stablemax"}""", "loss", "did you mean StableMax?" },
        { """{"task":"x+y","optimizer":{"kind":"EmbeddingsApart","embeddings":{"kind":"Lion"}}}""", "optimizer.embeddings.kind", "must be one of AdamW, Sgd" },
        { """{"task":"x+y","optimizer":{"kind":"EmbeddingsApart","others":{"beta3":1}}}""", "optimizer.others.beta3", "is no key" },
        { """{"task":{"kind":"OrderedAddition","size":"5"}}""", "task.size", "must be a whole number" },
        { """{"task":{"kind":"OrderedAddition","modulus":5}}""", "task.modulus", "is no key" },
        { """{"task":{"kind":"OrderedAddition","formula":{"name":"x+y"}}}""", "task.formula", "is no key" },
        { """{"task":{"kind":"OrderedAddition","size":1001}}""", "size", "Size must be 2 to 1000 and is 1001." },
        { """{"task":"x+y for x<=y<1"}""", "task", "Size must be 2 to 1000" },
        { """{"task":"x+y for x<y<10"}""", "task", "did you mean \"x+y for x<=y<\"?" },
        { """{"task":"x+y","weightNoise":"NaN"}""", "weightNoise", "must be a finite number and is \"NaN\"" },
        { """{"task":"x+y","weightNoise":1e999}""", "weightNoise", "must be a finite number and is 1e999" },
        { """{"task":"x+y","clipNorm":"none"}""", "clipNorm", "must be a finite number, or null, and is \"none\"" },
        { """{"task":"x+y","steps":"100"}""", "steps", "must be a whole number from -2147483648 to 2147483647 and is \"100\"" },
        { """{"task":"x+y","steps":1.5}""", "steps", "must be a whole number" },
        { """{"task":"x+y","steps":2147483648}""", "steps", "must be a whole number" },
        { """{"task":"x+y","steps":null}""", "steps", "must be a whole number" },
        { """{"task":"x+y","seed":-1}""", "seed", "must be a whole number from 0 to 18446744073709551615 and is -1" },
        { """{"task":"x+y","seed":18446744073709551616}""", "seed", "must be a whole number" },
        { """{"task":"x+y","batches":"even"}""", "batches", "must be one of Paper, Even, Full and is \"even\"; did you mean Even?" },
        { """{"task":"x+y","batches":1}""", "batches", "must be one of Paper, Even, Full" },
        { """{"task":"x+y","batches":"1"}""", "batches", "must be one of Paper, Even, Full" },
        { """{"task":"x+y","model":{"finalNorm":1}}""", "model.finalNorm", "must be true or false and is 1" },
        { """{"task":"x+z"}""", "task", "did you mean \"x+y\"?" },
        { """{"task":"x/y mod 96"}""", "task", "Modulus must be a prime" },
        { """{"task":{"formula":{"name":"x+y"}}}""", "task.kind", "is missing" },
        { """{"task":{"kind":"ModularOperation"}}""", "task.formula", "is missing" },
        { """{"task":{"kind":"ModularOperation","formula":{}}}""", "task.formula.name", "is missing" },
        { """{"task":{"kind":"ModularOperation","formula":"x+y"}}""", "task.formula", "must be an object" },
        { """{"task":{"kind":"ModularOperation","formula":{"name":"x*y*x"}}}""", "task.formula.name", "must be one of x+y" },
        { """{"task":{"kind":"PermutationOperation","formula":{"name":"x+y"}}}""", "task.formula.name", "must be one of x*y, " },
        { """{"task":{"kind":"ModularOperation","formula":{"name":"x+y","needsPrime":true}}}""", "task.formula.needsPrime", "is true, which is not so of x+y" },
        { """{"task":{"kind":"ModularOperation","formula":{"name":"x+y"},"degree":5}}""", "task.degree", "is no key" },
        { """{"task":{"kind":"ModularOperation","formula":{"name":"x+y"},"modulus":"59"}}""", "task.modulus", "must be a whole number" },
        { """{"task":{"kind":"Grokking.Tests.Mine"}}""", "task.kind", "must be one of ModularOperation, PermutationOperation" },
        { """{"task":"nonsense"}""", "task", "No task is called \"nonsense\"; did you mean " },
        { """{"task":"nonsense"}""", "task", "The names are: x+y, x-y, " },
        { """{"task":"nonsense"}""", "task", ", x+y for x<=y<, TeacherStudent, SparseClassification, QuadraticRegression, IdxImages." },
        { """{"task":"TeacherStudnt"}""", "task", "did you mean \"TeacherStudent\"?" },
        { """{"task":{"kind":"TeacherStudnt"}}""", "task.kind", "did you mean TeacherStudent?" },
        { """{"task":{"kind":"TeacherStudent","modulus":5}}""", "task.modulus", "is no key" },
        { """{"task":{"kind":"TeacherStudent","width":"5"}}""", "task.width", "must be a whole number" },
        { """{"task":{"kind":"TeacherStudent","formula":{"name":"x+y"}}}""", "task.formula", "is no key" },
        { """{"task":{"kind":"TeacherStudent","name":"mine"}}""", "task.name", "is no key" },
        { """{"task":{"kind":"TeacherStudent","rightBelow":1}}""", "task.rightBelow", "is no key" },
        { """{"task":{"kind":"SparseClassification","relevant":2}}""", "relevant", "Relevant must be odd and 1 to 500 and is 2." },
        { """{"task":{"kind":"QuadraticRegression","examples":1}}""", "examples", "Examples must be 2 to 100000 and is 1." },
        { """{"task":{"kind":"QuadraticRegression","tolerance":0}}""", "tolerance", "Tolerance must be > 0 and finite and is 0." },
        { """{"task":"TeacherStudent"}""", "task", "Task must be an operation with a transformer, which reads tokens, and is teacher 5-100-100-5 on 200 inputs." },
        { """{"task":"TeacherStudent","model":"Mlp"}""", "model.input", "Model.Input must be Vectors for a task of vectors and is OneHot." },
        {
            """{"task":"x+y","model":{"kind":"MlpConfig","input":"Vectors"}}""",
            "model.input", "Model.Input must be another than Vectors for an operation and is Vectors."
        },
        {
            """{"task":"TeacherStudent","model":{"kind":"MlpConfig","input":"Vectors"}}""",
            "loss", "Loss must be SquaredError for a regression and is CrossEntropy."
        },
        {
            """{"task":"TeacherStudent","model":{"kind":"MlpConfig","input":"Vectors"},"loss":"SquaredError","templateWidth":5}""",
            "templateWidth", "with an MLP that learns classes under SquaredError"
        },
        {
            """{"task":"QuadraticRegression","model":"Diagonal","loss":"SquaredError"}""",
            "task", "Task must be one of vectors in two classes with a diagonal network and is quadratic of 100 on 200 inputs."
        },
        { """{"task":"x+y","model":"diagonal"}""", "task", "with a diagonal network and is x+y mod 97." },
        { """{"task":"SparseClassification","model":{"kind":"DiagonalConfig","dHidden":5}}""", "model.dHidden", "is no key" },
        { """{"task":"x+y","model":{"kind":"MlpConfig","startsAtZero":true}}""", "startsAtZero", "StartsAtZero must be false, or the input Vectors, and is True." },
        { """{"task":"x+y","model":{"activation":"LinearQuadratic"}}""", "activation", "Activation must be Relu, Gelu, Tanh or Quadratic in a transformer" },
        { """{"task":"x+y","initializationScale":0}""", "initializationScale", "InitializationScale must be > 0 and finite as a float, 1.4e-45 to 3.4e38, and is 0." },
        { """{"task":"x+y","constantNorm":1}""", "constantNorm", "must be true or false and is 1" },
        { """{"task":"SparseClassification","model":"Diagonal","optimizer":"EmbeddingsApart"}""", "optimizer", "another than EmbeddingsApart with a diagonal network" },
        { """{"operation":"x+y"}""", "task", "is missing" },
        { """{"task":"x+y","operation":"x+y"}""", "operation", "is no key" },
        { """{"task":"x+y","trainFraction":50}""", "trainFraction", "TrainFraction must be inside (0, 1) and is 50." },
        { """{"task":"x+y mod 113","convention":"OpenAICode"}""", "modulus", "Convention OpenAICode has tokens for 0 to 96" },
    };

    [Theory]
    [MemberData(nameof(Experiments), DisableDiscoveryEnumeration = true)]
    public void Canonical_json_reads_back_as_the_same_experiment(Experiment experiment)
    {
        string json = CanonicalJson.Write(experiment);

        Experiment read = ExperimentJson.Read(json);

        Assert.Equal(experiment, read);
        Assert.Equal(json, CanonicalJson.Write(read));
        if (experiment.Task is Operation operation)
        {
            Assert.Equal(operation.Apply(2, 3), ((Operation)read.Task).Apply(2, 3));
        }
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_not_understood_is_refused_by_its_key(string json, string key, string problem)
    {
        ExperimentFormatException error = Assert.Throws<ExperimentFormatException>(() => ExperimentJson.Read(json));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(key, error.Key);
    }

    [Fact]
    public void Every_key_of_canonical_json_is_needed_to_read_it_back_or_has_a_default()
    {
        Experiment experiment = ExperimentJson.Read("""{"task":"x+y"}""");

        Assert.Equal(Presets.PaperText, experiment);
    }

    [Fact]
    public void A_text_is_laid_over_an_experiment()
    {
        Experiment changed = ExperimentJson.Read(
            """{"task":{"modulus":59},"optimizer":{"weightDecay":0.5},"model":{"nLayers":1},"clipNorm":null}""", Presets.Small);

        Assert.Equal(
            Presets.Small with
            {
                Task = Operations.Subtract with { Modulus = 59 },
                Optimizer = (AdamW)Presets.Small.Optimizer with { WeightDecay = 0.5 },
                Model = (TransformerConfig)Presets.Small.Model with { NLayers = 1 },
                ClipNorm = null,
            },
            changed);
    }

    [Fact]
    public void Another_kind_of_optimiser_begins_with_its_defaults_and_the_same_kind_stays_as_it_is()
    {
        Assert.Equal(new Sgd { Momentum = 0.5 }, ExperimentJson.Read("""{"optimizer":{"kind":"Sgd","momentum":0.5}}""", Presets.Small).Optimizer);
        Assert.Equal(Presets.Small.Optimizer, ExperimentJson.Read("""{"optimizer":{"kind":"AdamW"}}""", Presets.Small).Optimizer);
    }

    [Fact]
    public void Another_kind_of_model_begins_with_its_defaults_and_the_same_kind_stays_as_it_is()
    {
        Assert.Equal(new MlpConfig { DHidden = 5 }, ExperimentJson.Read("""{"model":{"kind":"MlpConfig","dHidden":5}}""", Presets.Small).Model);
        Assert.Equal(new MlpConfig(), ExperimentJson.Read("""{"model":"mlp"}""", Presets.Small).Model);
        Assert.Equal(Presets.Small.Model, ExperimentJson.Read("""{"model":{"kind":"TransformerConfig"}}""", Presets.Small).Model);
        Assert.Equal(Presets.Small.Model, ExperimentJson.Read("""{"model":"TransformerConfig"}""", Presets.Small).Model);
        Assert.Equal(
            (MlpConfig)Presets.Doshi2023.Model with { DHidden = 64 }, ExperimentJson.Read("""{"model":{"dHidden":64}}""", Presets.Doshi2023).Model);
    }

    [Fact]
    public void A_part_of_a_rule_is_changed_where_it_is()
    {
        var liu = (EmbeddingsApart)Presets.Liu2022.Optimizer;

        Assert.Equal(
            liu with { Embeddings = (AdamW)liu.Embeddings with { LearningRate = 0.5 }, Others = new Sgd { Momentum = 0.5 } },
            ExperimentJson.Read("""{"optimizer":{"embeddings":{"learningRate":0.5},"others":{"kind":"Sgd","momentum":0.5}}}""", Presets.Liu2022).Optimizer);
        Assert.Equal(
            new EmbeddingsApart { Embeddings = AdamW.Adam with { Beta1 = 0 } },
            ExperimentJson.Read("""{"optimizer":{"kind":"EmbeddingsApart","embeddings":{"beta1":0}}}""", Presets.Small).Optimizer);
        Assert.Equal(0.9, AdamW.Adam.Beta1);
    }

    [Fact]
    public void A_table_of_sums_is_read_by_its_name_and_by_its_kind()
    {
        Assert.Equal(Operations.AddOrdered with { Size = 12 }, ExperimentJson.Read("""{"task":"x+y for x<=y<12"}""").Task);
        Assert.Equal(Operations.AddOrdered, ExperimentJson.Read("""{"task":{"kind":"OrderedAddition"}}""").Task);
        Assert.Equal(Operations.AddOrdered with { Size = 12 }, ExperimentJson.Read("""{"task":{"size":12}}""", Presets.Liu2022).Task);
        Assert.Equal(Operations.Add, ExperimentJson.Read("""{"task":"x+y"}""", Presets.Liu2022).Task);
    }

    [Fact]
    public void A_task_of_vectors_is_read_by_its_kind_and_keeps_what_is_left_out()
    {
        Assert.Equal(TinyExperiments.TeacherMlp, ExperimentJson.Read("""{"task":"teacherstudent"}""", TinyExperiments.TeacherMlp));
        Assert.Equal(new SparseClassification(), ExperimentJson.Read("""{"task":"SparseClassification","model":"Diagonal"}""").Task);
        Assert.Equal(new SparseClassification { Relevant = 5 }, ExperimentJson.Read("""{"task":{"kind":"SparseClassification","relevant":5},"model":"DiagonalConfig"}""").Task);
        Assert.Equal(
            (TeacherStudent)TinyExperiments.TeacherMlp.Task with { Hidden = 77 }, ExperimentJson.Read("""{"task":{"hidden":77}}""", TinyExperiments.TeacherMlp).Task);
        Assert.Equal(new QuadraticRegression(), ExperimentJson.Read("""{"task":{"kind":"QuadraticRegression"}}""", TinyExperiments.TeacherMlp).Task);
        Assert.Equal(Operations.Add, ExperimentJson.Read("""{"task":"x+y","model":"Transformer"}""", TinyExperiments.TeacherMlp).Task);
    }

    [Fact]
    public void Reading_leaves_what_it_is_laid_over_as_it_was()
    {
        string before = CanonicalJson.Write(Presets.Small);

        ExperimentJson.Read("""{"seed":9,"model":{"nLayers":3},"optimizer":{"learningRate":1},"schedule":{"warmupSteps":1}}""", Presets.Small);

        Assert.Equal(before, CanonicalJson.Write(Presets.Small));
    }

    [Fact]
    public void A_text_that_is_far_too_long_or_too_deep_is_refused()
    {
        Assert.Contains("at most", Assert.Throws<ExperimentFormatException>(() => ExperimentJson.Read(new string(' ', 1 << 20))).Message, StringComparison.Ordinal);
        Assert.Throws<ExperimentFormatException>(() => ExperimentJson.Read(string.Concat(Enumerable.Repeat("{\"a\":", 1000))));
        Assert.Throws<ExperimentFormatException>(() => ExperimentJson.Read($"{{\"{new string('k', 100_000)}\":1,\"task\":\"x+y\"}}"));
    }

    [Fact]
    public void A_message_shows_no_control_characters_and_little_of_a_long_value()
    {
        string message = Assert.Throws<ExperimentFormatException>(
            () => ExperimentJson.Read($$"""{"task":"\u001b[31m\n\u202e{{new string('x', 5000)}}"}""")).Message;

        Assert.DoesNotContain('\u001b', message);
        Assert.DoesNotContain('\u202e', message);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 1, 500);
    }
}

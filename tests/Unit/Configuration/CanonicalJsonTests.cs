using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class CanonicalJsonTests
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Properties_are_sorted_indented_by_two_spaces_and_end_in_LF() =>
        Assert.Equal(
            """
            {
              "alpha": null,
              "beta": 0.1,
              "gamma": [
                1,
                2
              ]
            }
            """.ReplaceLineEndings("\n"),
            CanonicalJson.Write(new Sorted { Gamma = [1, 2], Beta = 0.1 }));

    [Fact]
    public void What_is_computed_is_not_written() =>
        Assert.DoesNotContain("computed", CanonicalJson.Write(new Sorted()), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_stated_order_comes_before_the_alphabet() =>
        Assert.Equal("""{"zulu":1,"alpha":2}""", Compact(new Ordered()));

    [Theory]
    [InlineData(1.0, "1")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(1e21, "1E+21")]
    [InlineData(-0.0, "0")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    public void A_double_is_the_shortest_text_that_reads_back_as_itself(double value, string text)
    {
        Assert.Equal(text, CanonicalJson.Write(value));
        Assert.Equal(value, double.Parse(CanonicalJson.Write(value), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_a_number_is_refused(double value) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(new Sorted { Beta = value }));

    [Fact]
    public void An_enum_is_its_name_and_a_nameless_value_is_refused()
    {
        Assert.Equal("\"Green\"", CanonicalJson.Write(Colour.Green));
        Assert.Throws<JsonException>(() => CanonicalJson.Write((Colour)7));
    }

    [Fact]
    public void The_culture_does_not_reach_the_text()
    {
        string text = CanonicalJson.Write(new Sorted { Beta = 1234.5 });
        CultureInfo before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        strange.NumberFormat.NumberDecimalSeparator = ",";
        strange.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = strange;

            Assert.Equal(text, CanonicalJson.Write(new Sorted { Beta = 1234.5 }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_derived_record_begins_with_its_kind_and_a_users_own_kind_carries_its_namespace()
    {
        var experiment = new Experiment { Task = new FakeOperation(), Optimizer = new AdamW() };

        JsonElement ours = JsonDocument.Parse(CanonicalJson.Write(experiment)).RootElement;
        JsonElement theirs = JsonDocument.Parse(CanonicalJson.Write(experiment with { Optimizer = new Lion { Beta = 0.9 } })).RootElement;

        Assert.Equal("AdamW", ours.GetProperty("optimizer").EnumerateObject().First().Value.GetString());
        JsonProperty first = theirs.GetProperty("optimizer").EnumerateObject().First();
        Assert.Equal("kind", first.Name);
        Assert.EndsWith("Grokking.Tests.Unit.Configuration.CanonicalJsonTests+Lion", first.Value.GetString(), StringComparison.Ordinal);
        Assert.Equal(0.9, theirs.GetProperty("optimizer").GetProperty("beta").GetDouble());
    }

    [Fact]
    public void A_model_and_the_rules_inside_a_rule_begin_with_their_kind()
    {
        JsonElement liu = JsonDocument.Parse(CanonicalJson.Write(Presets.Liu2022)).RootElement;
        JsonElement paper = JsonDocument.Parse(CanonicalJson.Write(Presets.PaperText)).RootElement;

        Assert.Equal("MlpConfig", KindOf(liu.GetProperty("model")));
        Assert.Equal("TransformerConfig", KindOf(paper.GetProperty("model")));
        Assert.Equal("EmbeddingsApart", KindOf(liu.GetProperty("optimizer")));
        Assert.Equal("AdamW", KindOf(liu.GetProperty("optimizer").GetProperty("embeddings")));
        Assert.Equal("AdamW", KindOf(liu.GetProperty("optimizer").GetProperty("others")));
        Assert.Equal("""{"kind":"OrderedAddition","size":10}""", Compact(liu.GetProperty("task")));
        Assert.Equal(
            """{"kind":"TeacherStudent","examples":200,"hidden":100,"tolerance":0.001,"width":5}""",
            Compact(JsonDocument.Parse(CanonicalJson.Write(Presets.Liu2023)).RootElement.GetProperty("task")));
        Assert.Equal("""{"kind":"SparseClassification","examples":200,"relevant":3,"width":500}""", Compact(JsonDocument.Parse(CanonicalJson.Write(TinyExperiments.Diagonal with { Task = new SparseClassification() })).RootElement.GetProperty("task")));
        Assert.Equal(
            """
            {"kind":"MlpConfig","activation":"Tanh","biases":true,"curvature":0,"dEmbed":1,"dHidden":200,"frozenReadout":false,
            "initialization":"SmallEmbeddings","input":"SummedEmbeddings","nLayers":2,"normalized":false,"readoutScale":1,"startsAtZero":false}
            """.ReplaceLineEndings(""),
            Compact(liu.GetProperty("model")));

        static string? KindOf(JsonElement record)
        {
            JsonProperty first = record.EnumerateObject().First();
            Assert.Equal("kind", first.Name);
            return first.Value.GetString();
        }
    }

    [Fact]
    public void A_record_is_written_the_same_as_a_field_and_alone()
    {
        var optimizer = new Lion { Beta = 0.5 };
        var experiment = new Experiment { Task = new FakeOperation(), Optimizer = optimizer };

        JsonElement inside = JsonDocument.Parse(CanonicalJson.Write(experiment)).RootElement.GetProperty("optimizer");

        Assert.Equal(Compact(optimizer), Compact(inside));
    }

    [Fact]
    public void Equal_experiments_have_equal_texts_and_every_changed_field_changes_the_text()
    {
        var experiment = new Experiment { Task = new FakeOperation() };
        string text = CanonicalJson.Write(experiment);

        Assert.Equal(text, CanonicalJson.Write(experiment with { }));
        Assert.Equal(text, CanonicalJson.Write(experiment with { WeightNoise = -0.0 }));
        Experiment[] changes =
        [
            experiment with { Task = new FakeOperation { Elements = 11 } },
            experiment with { Model = new TransformerConfig { Norm = NormPlacement.Pre } },
            experiment with { Model = new MlpConfig() },
            experiment with { Model = new MlpConfig(), Loss = LossKind.SquaredError },
            experiment with { Model = new MlpConfig(), Loss = LossKind.SquaredError, TemplateWidth = 30 },
            experiment with { OrthogonalGradient = true },
            experiment with { InitializationScale = 2 },
            experiment with { ConstantNorm = true },
            experiment with { Task = new TeacherStudent() },
            experiment with { Task = new TeacherStudent { Tolerance = 0.01 } },
            experiment with { Task = new SparseClassification() },
            experiment with { Task = new SparseClassification { Relevant = 5 } },
            experiment with { Task = new QuadraticRegression() },
            experiment with { Model = new DiagonalConfig() },
            experiment with { Model = new MlpConfig { ReadoutScale = 2 } },
            experiment with { Model = new MlpConfig { FrozenReadout = true } },
            experiment with { Model = new MlpConfig { Input = MlpInput.Vectors } },
            experiment with { Model = new MlpConfig { Input = MlpInput.Vectors, StartsAtZero = true } },
            experiment with { Model = new MlpConfig { Activation = ActivationKind.LinearQuadratic } },
            experiment with { Model = new MlpConfig { Activation = ActivationKind.LinearQuadratic, Curvature = 1 } },
            experiment with { Convention = SequenceConvention.Operands },
            experiment with { Optimizer = new EmbeddingsApart() },
            experiment with { Optimizer = new EmbeddingsApart { Embeddings = new Sgd() } },
            experiment with { Schedule = new LearningRateSchedule { WarmupSteps = 11 } },
            experiment with { ClipNorm = 1 },
            experiment with { EvaluationSample = 10 },
            experiment with { Seed = ulong.MaxValue },
            experiment with { TrainFraction = Math.BitIncrement(0.5) },
        ];
        foreach (Experiment changed in changes)
        {
            Assert.NotEqual(text, CanonicalJson.Write(changed), StringComparer.Ordinal);
        }

        Assert.Equal(changes.Length, changes.Select(CanonicalJson.Write).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_function_is_written_as_the_name_beside_it_and_refused_without_one()
    {
        Assert.Equal("""{"name":"x+y"}""", Compact(new Formula("x+y", (x, y) => x + y)));
        Assert.Throws<NotSupportedException>(() => CanonicalJson.Write(new Nameless(x => x)));
    }

    [Fact]
    public void What_has_no_order_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => CanonicalJson.Write(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 }));
        Assert.Throws<NotSupportedException>(() => CanonicalJson.Write(new SortedSet<int> { 1 }));
    }

    [Fact]
    public void Signs_of_the_field_stay_readable() => Assert.Equal("\"x³+y ∘ <a>\"", CanonicalJson.Write("x³+y ∘ <a>"));

    private static string Compact(object value) => Compact(JsonDocument.Parse(CanonicalJson.Write(value)).RootElement);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, s_readable);

    private sealed record Sorted
    {
        public IReadOnlyList<int> Gamma { get; init; } = [];

        public double Beta { get; init; }

        public string? Alpha { get; init; }

        public double Computed => Beta * 2;
    }

    private sealed record Ordered
    {
        public int Alpha { get; init; } = 2;

        [JsonPropertyOrder(-1)]
        public int Zulu { get; init; } = 1;
    }

    private sealed record Formula(string Name, Func<int, int, int> Value);

    private sealed record Nameless(Func<int, int> Value);

    private sealed record Lion : OptimizerConfig
    {
        public double Beta { get; init; }

        public override void Validate()
        {
        }

        public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) =>
            throw new NotSupportedException();
    }
}

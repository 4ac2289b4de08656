using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class MlpConfigTests
{
    private static readonly (MlpConfig Config, string Field, object Value, string Range)[] s_cases =
    [
        (new() { Input = (MlpInput)4 }, "Input", (MlpInput)4, "one of OneHot, SummedEmbeddings, SeparateEmbeddings, Vectors"),
        (new() { DEmbed = 0 }, "DEmbed", 0, "1 to 4096"),
        (new() { DEmbed = 4097 }, "DEmbed", 4097, "1 to 4096"),
        (new() { NLayers = 0 }, "NLayers", 0, "1 to 16"),
        (new() { NLayers = 17 }, "NLayers", 17, "1 to 16"),
        (new() { DHidden = 0 }, "DHidden", 0, "1 to 16384"),
        (new() { DHidden = 16385 }, "DHidden", 16385, "1 to 16384"),
        (new() { Activation = (ActivationKind)5 }, "Activation", (ActivationKind)5, "one of Relu, Gelu, Tanh, Quadratic, LinearQuadratic"),
        (new() { Curvature = -0.1 }, "Curvature", -0.1, "≥ 0 and finite as a float, up to 3.4e38,"),
        (new() { Curvature = double.NaN }, "Curvature", double.NaN, "≥ 0 and finite as a float, up to 3.4e38,"),
        (new() { Curvature = 1e39 }, "Curvature", 1e39, "≥ 0 and finite as a float, up to 3.4e38,"),
        (new() { ReadoutScale = 1e39 }, "ReadoutScale", 1e39, "> 0 and finite as a float, 1.4e-45 to 3.4e38,"),
        (new() { ReadoutScale = 1e-46 }, "ReadoutScale", 1e-46, "> 0 and finite as a float, 1.4e-45 to 3.4e38,"),
        (new() { Initialization = (MlpInitialization)4 }, "Initialization", (MlpInitialization)4, "one of PyTorchDefault, SmallEmbeddings, MeanField, Committee"),
        (new() { ReadoutScale = 0 }, "ReadoutScale", 0.0, "> 0 and finite as a float, 1.4e-45 to 3.4e38,"),
        (new() { ReadoutScale = double.PositiveInfinity }, "ReadoutScale", double.PositiveInfinity, "> 0 and finite as a float, 1.4e-45 to 3.4e38,"),
        (new() { StartsAtZero = true }, "StartsAtZero", true, "false, or the input Vectors,"),
    ];

    [Fact]
    public void A_field_out_of_range_is_refused_with_its_name_value_and_range() => Assert.All(s_cases, refused =>
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(refused.Field, refused.Config.Validate);

        Assert.Equal(refused.Value, thrown.ActualValue);
        Assert.Contains(
            FormattableString.Invariant($"{refused.Field} must be {refused.Range} and is {refused.Value}."), thrown.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        new MlpConfig().Validate();
        new MlpConfig { DEmbed = 4096, NLayers = 16, DHidden = 16384 }.Validate();
        new MlpConfig { DEmbed = 1, NLayers = 1, DHidden = 1 }.Validate();
        new MlpConfig { Input = MlpInput.Vectors, StartsAtZero = true, FrozenReadout = true }.Validate();
    }

    [Fact]
    public void A_model_of_a_refused_configuration_is_not_built() =>
        Assert.Throws<ArgumentOutOfRangeException>("NLayers", () => new Mlp(new MlpConfig { NLayers = 0 }, 5, 2, OutputLoss.CrossEntropy(5)));

    [Fact]
    public void Equations_with_two_scored_tokens_are_refused_by_the_name_of_the_field()
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            "Convention", () => new MlpConfig().ValidateFor(Operations.Add, SequenceConvention.OpenAICode));

        Assert.Contains("Convention must be PaperText or Operands with an MLP", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("and is OpenAICode.", thrown.Message, StringComparison.Ordinal);
        new MlpConfig().ValidateFor(Operations.Add, SequenceConvention.PaperText);
        new MlpConfig().ValidateFor(Operations.Add, SequenceConvention.Operands);
        Assert.All(Enum.GetValues<SequenceConvention>(), convention => new TransformerConfig().ValidateFor(Operations.Add, convention));
    }

    [Fact]
    public void Vectors_are_read_as_they_are_and_equations_as_tokens()
    {
        MlpConfig ofVectors = new() { Input = MlpInput.Vectors }, ofTokens = new();
        ofVectors.ValidateFor(new TeacherStudent(), SequenceConvention.PaperText);
        ofVectors.ValidateFor(new SparseClassification(), SequenceConvention.OpenAICode);

        Assert.Contains(
            "Model.Input must be Vectors for a task of vectors and is OneHot.", Refused(ofTokens, new TeacherStudent()), StringComparison.Ordinal);
        Assert.Contains(
            "Model.Input must be another than Vectors for an operation and is Vectors.", Refused(ofVectors, Operations.Add), StringComparison.Ordinal);
        Assert.Contains(
            "Task must be an operation with a transformer, which reads tokens, and is 3-sparse signs of 500 on 200 inputs.",
            Refused(new TransformerConfig(), new SparseClassification()),
            StringComparison.Ordinal);

        static string Refused(ModelConfig config, LearningTask task) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => config.ValidateFor(task, SequenceConvention.PaperText)).Message;
    }

    [Fact]
    public void A_configuration_creates_its_model_over_the_tokens_and_outputs_it_is_given()
    {
        var table = new EquationTable(Operations.Add with { Modulus = 7 });
        var operands = TokenSequences.Encode(table, SequenceConvention.Operands);
        var paperText = TokenSequences.Encode(table, SequenceConvention.PaperText);
        ModelConfig config = new MlpConfig { DHidden = 10 };

        Assert.Equal(2 * 7 * 10, config.Create(operands, OutputLoss.CrossEntropy(7), 4).Layout.Tensors[0].Count);
        Assert.Equal(4 * 9 * 10, config.Create(paperText, OutputLoss.CrossEntropy(9), 4).Layout.Tensors[0].Count);
        Assert.Equal(10 * 30, config.Create(operands, OutputLoss.SquaredError(new Matrix(7, 30)), 4).Layout.Tensors[1].Count);
        Assert.IsType<Mlp>(config.Create(operands, OutputLoss.CrossEntropy(7), 4));
        Assert.IsType<Transformer>(new TransformerConfig().Create(operands, OutputLoss.CrossEntropy(7), 4));
    }

    [Fact]
    public void A_transformer_is_not_built_over_another_number_of_outputs_than_it_has_tokens()
    {
        var operands = TokenSequences.Encode(new EquationTable(Operations.Add with { Modulus = 7 }), SequenceConvention.Operands);

        Assert.Throws<ArgumentOutOfRangeException>("loss", () => new TransformerConfig().Create(operands, OutputLoss.CrossEntropy(8), 4));
    }

    [Fact]
    public void Only_a_transformer_has_a_dropout_to_leave_out()
    {
        TransformerConfig transformer = new() { Dropout = 0.1, NLayers = 3 };
        MlpConfig mlp = new() { DHidden = 7 };

        Assert.Equal(transformer with { Dropout = 0 }, transformer.WithoutDropout());
        Assert.Equal(mlp, mlp.WithoutDropout());
    }

    [Fact]
    public void A_wider_or_deeper_model_costs_more_and_its_table_of_tokens_nothing()
    {
        double cost = new MlpConfig { DHidden = 100 }.EstimateCost(Operations.Add);

        Assert.Equal(100 * 97, cost);
        Assert.Equal(cost + (100 * 100), new MlpConfig { DHidden = 100, NLayers = 2 }.EstimateCost(Operations.Add));
        Assert.Equal(2 * cost, new MlpConfig { DHidden = 200 }.EstimateCost(Operations.Add));
        Assert.Equal(
            100 * (7 + 7), new MlpConfig { DHidden = 100, Input = MlpInput.Vectors }.EstimateCost(new TeacherStudent { Width = 7 })); // vectors are not looked up
    }
}

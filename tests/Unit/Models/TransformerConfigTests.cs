using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class TransformerConfigTests
{
    private static readonly (TransformerConfig Config, string Field, object Value, string Range)[] Cases =
    [
        (new() { NLayers = 0 }, "NLayers", 0, "1 to 16"),
        (new() { NLayers = 17 }, "NLayers", 17, "1 to 16"),
        (new() { DModel = 0 }, "DModel", 0, "1 to 4096"),
        (new() { DModel = 4098 }, "DModel", 4098, "1 to 4096"),
        (new() { NHeads = 0 }, "NHeads", 0, "1 to 128"),
        (new() { DModel = 4, NHeads = 5 }, "NHeads", 5, "1 to 4"),
        (new() { NHeads = 3 }, "NHeads", 3, "a divisor of DModel, which is 128,"),
        (new() { DModel = 33, NHeads = 3 }, "DModel", 33, "even with sinusoidal positions"),
        (new() { MlpMultiplier = 0 }, "MlpMultiplier", 0, "1 to 16"),
        (new() { MlpMultiplier = 17 }, "MlpMultiplier", 17, "1 to 16"),
        (new() { Norm = (NormPlacement)3 }, "Norm", (NormPlacement)3, "one of Post, Pre, None"),
        (new() { Positions = (PositionKind)2 }, "Positions", (PositionKind)2, "one of Sinusoidal, Learned"),
        (new() { Activation = (ActivationKind)5 }, "Activation", (ActivationKind)5, "one of Relu, Gelu, Tanh, Quadratic, LinearQuadratic"),
        (new() { Activation = ActivationKind.LinearQuadratic }, "Activation", ActivationKind.LinearQuadratic, "Relu, Gelu, Tanh or Quadratic in a transformer"),
        (new() { Initialization = (InitializationKind)2 }, "Initialization", (InitializationKind)2, "one of PyTorchDefault, InverseSqrtWidth"),
        (new() { Dropout = 1 }, "Dropout", 1.0, "in [0, 1)"),
        (new() { Dropout = -0.1 }, "Dropout", -0.1, "in [0, 1)"),
        (new() { Dropout = double.NaN }, "Dropout", double.NaN, "in [0, 1)"),
    ];

    [Fact]
    public void A_field_out_of_range_is_refused_with_its_name_value_and_range() => Assert.All(Cases, refused =>
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(refused.Field, refused.Config.Validate);

        Assert.Equal(refused.Value, thrown.ActualValue);
        Assert.Contains(
            FormattableString.Invariant($"{refused.Field} must be {refused.Range} and is {refused.Value}."), thrown.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_model_of_a_refused_configuration_is_not_built() =>
        Assert.Throws<ArgumentOutOfRangeException>("NLayers", () => new Transformer(new TransformerConfig { NLayers = 0 }, 5, 4, [3], 8));

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        new TransformerConfig().Validate();
        new TransformerConfig { NLayers = 16, DModel = 4096, NHeads = 4096, MlpMultiplier = 16, Dropout = 0.999 }.Validate();
        new TransformerConfig { NLayers = 1, DModel = 1, NHeads = 1, MlpMultiplier = 1, Positions = PositionKind.Learned }.Validate();
    }

    [Fact]
    public void The_defaults_are_the_paper_s_model()
    {
        TransformerConfig paper = new();

        Assert.Equal((2, 128, 4, 512, 32), (paper.NLayers, paper.DModel, paper.NHeads, paper.DMlp, paper.DHead));
    }
}

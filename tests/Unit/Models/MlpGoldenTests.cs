using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

/// <summary>The MLP, its losses, ⊥Grad and two rules at a time against PyTorch's autograd in float64 (tests/golden).</summary>
[Trait("Category", "Unit")]
public sealed class MlpGoldenTests
{
    public static TheoryData<string> Cases => [.. MlpGoldenCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_gradient_and_ten_updates_agree_with_PyTorch(string name) => GoldenRun.Check(MlpGoldenCase.Load(name));

    [Fact]
    public void Every_input_activation_and_loss_is_among_the_cases()
    {
        MlpGoldenCase[] cases = [.. MlpGoldenCase.Names.Select(MlpGoldenCase.Load)];

        Assert.Equal(Enum.GetValues<MlpInput>(), cases.Select(golden => golden.Config.Input).Distinct().Order());
        Assert.Equal(Enum.GetValues<ActivationKind>(), cases.Select(golden => golden.Config.Activation).Distinct().Order());
        // The loss in float is held to the one in double, see FloatCrossEntropyTests.
        Assert.Equal(Enum.GetValues<LossKind>().Where(kind => kind != LossKind.FloatCrossEntropy), cases.Select(golden => golden.Loss).Distinct().Order());
        Assert.Contains(cases, golden => golden.TemplateWidth is not null);
        Assert.Contains(cases, golden => golden.OrthogonalGradient);
        Assert.Contains(cases, golden => golden.Config is { FrozenReadout: true, StartsAtZero: true, Curvature: > 0, ReadoutScale: not 1 });
    }

    [Theory]
    [InlineData("stable_max_orthogonal")]
    [InlineData("summed_embeddings_two_rules")]
    public void A_gradient_that_was_not_made_orthogonal_is_noticed(string name) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () => GoldenRun.Check(MlpGoldenCase.Load(name) with { OrthogonalGradient = false }));

    [Fact]
    public void Another_curvature_scale_or_start_is_noticed()
    {
        MlpGoldenCase golden = MlpGoldenCase.Load("committee_from_zero");
        MlpConfig[] others = [golden.Config with { Curvature = 0.26 }, golden.Config with { ReadoutScale = 2.51 }, golden.Config with { StartsAtZero = false }];

        Assert.All(others, other => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GoldenRun.Check(golden with { Config = other })));
    }

    [Fact]
    public void Rules_that_were_exchanged_are_noticed()
    {
        MlpGoldenCase golden = MlpGoldenCase.Load("templates_two_rates");
        var rules = (GoldenEmbeddingsApart)golden.Optimizer;
        MlpGoldenCase exchanged = golden with { Optimizer = rules with { Embeddings = rules.Others, Others = rules.Embeddings } };

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GoldenRun.Check(exchanged));
    }
}

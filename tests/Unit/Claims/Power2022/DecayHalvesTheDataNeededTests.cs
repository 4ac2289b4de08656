using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class DecayHalvesTheDataNeededTests
{
    [Theory]
    [InlineData(0.85, true)]
    [InlineData(0.84, false)]
    public void Little_data_has_to_be_enough_with_decay_for_every_seed(double val, bool holds) =>
        Assert.Equal(holds, DecayHalvesTheDataNeeded.JudgeEnough(Best(0.99, val)).Holds);

    [Theory]
    [InlineData(0.84, true)]
    [InlineData(0.85, false)]
    public void Much_data_has_to_be_too_little_without_for_the_median_seed(double val, bool holds) =>
        Assert.Equal(holds, DecayHalvesTheDataNeeded.JudgeTooLittle(Best(0.2, val, 0.99)).Holds);

    [Fact]
    public void Two_of_three_interventions_are_most_of_them()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);

        Assert.True(DecayHalvesTheDataNeeded.JudgeMost([tooLittle, enough, tooLittle]).Holds);
        Assert.False(DecayHalvesTheDataNeeded.JudgeMost([enough, enough, tooLittle]).Holds);
    }

    [Fact]
    public void The_verdict_needs_all_three()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);
        Verdict Judge(params TrainedGroup[] groups) => new DecayHalvesTheDataNeeded().Judge(Tier.Quick, groups);

        Assert.True(Judge(enough, tooLittle, tooLittle, tooLittle, enough).Holds);
        Assert.False(Judge(enough, tooLittle, tooLittle, enough, enough).Holds);
        Assert.False(Judge(enough, enough, tooLittle, tooLittle, tooLittle).Holds);
        Assert.False(Judge(tooLittle, tooLittle, tooLittle, tooLittle, tooLittle).Holds);
        Assert.False(Judge(enough, new("untrained", [Accuracies((1000, 0.94, 0.3))]), tooLittle, tooLittle, tooLittle).Holds);
    }
}

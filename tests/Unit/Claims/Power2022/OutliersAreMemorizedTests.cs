using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class OutliersAreMemorizedTests
{
    private static readonly TrainedGroup None = Runs("none", train: 100, best: 0.99);

    [Theory]
    [InlineData(150, 0.95, 0.78, -1)]
    [InlineData(151, 0.95, 0.78, 2)]
    [InlineData(150, 0.93, 0.78, 3)]
    [InlineData(150, 0.95, 0.8, 4)]
    public void Each_bound_is_held_for_itself(int train, double few, double many, int failing) =>
        AssertOnlyFails(failing, Judge(None, Runs("few", train, few), Runs("many", train, many)));

    [Theory]
    [InlineData(0.999, true)]
    [InlineData(0.998, false)]
    public void The_outliers_too_have_to_be_learnt(double train, bool holds) =>
        Assert.Equal(holds, Judge(None, new("few", [Accuracies((100, train, 0.99))]), None)[0].Holds);

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.989, false)]
    public void Of_many_outliers_some_may_be_left(double train, bool holds) =>
        Assert.Equal(holds, Judge(None, None, new("many", [Accuracies((100, train, 0.2))]))[1].Holds);

    [Fact]
    public void Many_are_no_few()
    {
        Assert.True(OutliersAreMemorized.JudgeHarmless(None, Runs("few", 110, 0.95)).Holds);
        Assert.False(OutliersAreMemorized.JudgeHarmless(None, Runs("many", 110, 0.2)).Holds);
    }

    [Fact]
    public void The_verdict_refuses_many_in_the_place_of_few()
    {
        OutliersAreMemorized claim = new();

        Assert.True(claim.Judge(Tier.Quick, [None, None, Runs("some", 110, 0.8), Runs("many", 110, 0.2)]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [None, None, None, None]).Holds);
    }

    [Fact]
    public void At_the_papers_size_a_thousand_outliers_are_few()
    {
        Assert.True(Holds(thousand: 0.95));
        Assert.False(Holds(thousand: 0.9));

        static bool Holds(double thousand) => new OutliersAreMemorized().Judge(
            Tier.Paper, [None, None, None, Runs("1,000", 110, thousand), Runs("2,000", 110, 0.5), Runs("3,000", 110, 0.2)]).Holds;
    }

    private static IReadOnlyList<Finding> Judge(TrainedGroup none, TrainedGroup few, TrainedGroup many) => OutliersAreMemorized.Judge([none, few, many], few, learnt: 0.999);

    private static TrainedGroup Runs(string name, int train, double best) => new(name, [.. Enumerable.Repeat(Accuracies((train - 1, 0.998, best), (train, 1, best)), 3)]);
}

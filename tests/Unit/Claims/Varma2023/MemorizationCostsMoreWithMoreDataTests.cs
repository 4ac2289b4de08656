using Grokking.Claims;
using Grokking.Claims.Varma2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Varma2023;

[Trait("Category", "Unit")]
public sealed class MemorizationCostsMoreWithMoreDataTests
{
    [Fact]
    public void Random_labels_cost_more_the_more_there_are() =>
        AssertOnlyFails(-1, MemorizationCostsMoreWithMoreData.JudgeGrowth(Random(10), Random(11), Random(12.3)));

    [Theory]
    [InlineData(12.25, -1)]
    [InlineData(12.24, 1)]
    public void They_cost_half_as_much_again_at_least(double most, int failing) =>
        AssertOnlyFails(failing, MemorizationCostsMoreWithMoreData.JudgeGrowth(Random(10), Random(most)));

    [Fact]
    public void One_seed_that_overlaps_is_refused() =>
        AssertOnlyFails(0, MemorizationCostsMoreWithMoreData.JudgeGrowth(Random(10, 10, 12.5), Random(12, 13, 13)));

    [Fact]
    public void Networks_that_do_not_memorise_or_know_the_rule_are_refused()
    {
        AssertOnlyFails(1, MemorizationCostsMoreWithMoreData.JudgeMemorizing(Random(10), new("more", [Curve(13, train: 0.98, val: 0.02)])));
        AssertOnlyFails(3, MemorizationCostsMoreWithMoreData.JudgeMemorizing(Random(10), new("more", [Curve(13, val: 0.11)])));
    }

    [Theory]
    [InlineData(10.24, -1)]
    [InlineData(10.25, 2)]
    public void A_rule_costs_the_same_on_any_data(double other, int failing) =>
        AssertOnlyFails(failing, MemorizationCostsMoreWithMoreData.JudgeGeneralizing(True(10), True(other)));

    [Fact]
    public void True_labels_must_be_learnt() =>
        AssertOnlyFails(1, MemorizationCostsMoreWithMoreData.JudgeGeneralizing(True(10), new("true", [Curve(10, val: 0.94)])));

    [Fact]
    public void The_verdict_refuses_groups_that_are_alike()
    {
        MemorizationCostsMoreWithMoreData claim = new();
        TrainedGroup[] rule = [True(11), True(11), True(11)];

        Assert.True(claim.Judge(Tier.Quick, [Random(10), Random(11), Random(12), Random(13), .. rule]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Random(10), Random(10), Random(10), Random(10), .. rule]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [True(10), True(11), True(12), True(13), .. rule]).Holds);
    }

    private static TrainedGroup Random(params double[] norms) => new("random", [.. norms.Select(norm => Curve(norm, val: 0.02))]);

    private static TrainedGroup True(params double[] norms) => new("true", [.. norms.Select(norm => Curve(norm))]);

    private static LearningCurve Curve(double norm, double train = 1, double val = 1) =>
        new([new(0, 3.8, 0.01, 3.8, 0.01, null, 5), new(2000, 1e-6, train, 1, val, null, norm)], 2000, RunOutcome.BudgetSpent);
}

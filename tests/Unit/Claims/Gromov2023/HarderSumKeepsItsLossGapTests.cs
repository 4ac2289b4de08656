using Grokking.Claims;
using Grokking.Claims.Gromov2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Gromov2023;

[Trait("Category", "Unit")]
public sealed class HarderSumKeepsItsLossGapTests
{
    [Theory]
    [InlineData(0.95, 2, -1)]
    [InlineData(0.94, 2, 0)]
    [InlineData(0.95, 1.99, 1)]
    public void Every_run_is_right_with_a_gap(double val, double gap, int failing) =>
        AssertOnlyFails(failing, HarderSumKeepsItsLossGap.JudgeGap(new("harder", [Curve(1, 3), Curve(val, gap)])));

    [Theory]
    [InlineData(0.95, 2, -1)]
    [InlineData(0.94, 2, 0)]
    [InlineData(0.95, 2.01, 1)]
    public void Every_run_of_the_plain_sum_closes_it(double val, double gap, int failing) =>
        AssertOnlyFails(failing, HarderSumKeepsItsLossGap.JudgeNoGap(new("plain", [Curve(1, 1), Curve(val, gap)])));

    [Fact]
    public void The_verdict_refuses_operations_that_are_alike()
    {
        TrainedGroup gap = new("gap", [Curve(1, 3)]), none = new("none", [Curve(1, 1)]);

        Assert.True(new HarderSumKeepsItsLossGap().Judge(Tier.Quick, [gap, none]).Holds);
        Assert.False(new HarderSumKeepsItsLossGap().Judge(Tier.Quick, [gap, gap]).Holds);
        Assert.False(new HarderSumKeepsItsLossGap().Judge(Tier.Quick, [none, none]).Holds);
    }

    private static LearningCurve Curve(double val, double gap) =>
        new([new(0, 0.02, 0.01, 0.02, 0.01, null, 5), new(1000, 0.001, 1, 0.001 * gap, val, null, 5)], 1000, RunOutcome.BudgetSpent);
}

using Grokking.Claims;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class TrainedGroupTests
{
    // Steps of 95 % training and validation accuracy within 1000.
    [Theory]
    [InlineData(100, 500, 5)]
    [InlineData(500, 100, 0.2)]
    [InlineData(0, 500, 500)]
    [InlineData(0, 0, 0)]
    public void A_lag_is_in_units_of_the_steps_that_training_takes(int train, int val, double lag) =>
        Assert.Equal([EventTime.Observed(lag)], Runs(train, val).Lags(0.95));

    [Theory]
    [InlineData(100, 10)]
    [InlineData(0, 1000)]
    public void Without_validation_it_is_more_than_the_budget(int train, double atLeast) =>
        Assert.Equal([EventTime.Censored(atLeast)], Runs(train, null).Lags(0.95));

    [Theory]
    [InlineData(500)]
    [InlineData(null)]
    public void Without_training_it_may_be_any(int? val) => Assert.Equal([EventTime.Censored(0)], Runs(null, val).Lags(0.95));

    [Fact]
    public void A_run_that_diverged_at_once_has_any_lag_too() => Assert.Equal([EventTime.Censored(0)], new TrainedGroup("diverged", [Diverged]).Lags(0.95));

    [Fact]
    public void Some_of_its_runs_keep_their_statistics()
    {
        TrainedGroup some = Group("group", 1000, 100, 200, 300).With("share", 0.1, 0.2, 0.3).Some([2, 0]);

        Assert.Equal([300, 100], some.Curves.Select(curve => curve.LastStep));
        Assert.Equal([0.3, 0.1], some.Statistics["share"]);
    }

    [Fact]
    public void Its_halves_take_turns()
    {
        (TrainedGroup even, TrainedGroup odd) = Group("group", 1000, 100, 200, 300, 400, 500).Halves;

        Assert.Equal([100, 300, 500], even.Curves.Select(curve => curve.LastStep));
        Assert.Equal([200, 400], odd.Curves.Select(curve => curve.LastStep));
    }

    [Fact]
    public void Woven_groups_have_half_of_each()
    {
        TrainedGroup one = Group("one", 1000, 100, 200, 300), other = Group("other", 1000, 110, 210, 310);

        Assert.Equal([100, 300, 210], one.Woven(other).Curves.Select(curve => curve.LastStep));
        Assert.Equal([110, 310, 200], other.Woven(one).Curves.Select(curve => curve.LastStep));
    }

    // One run, evaluated every hundred steps.
    private static TrainedGroup Runs(int? train, int? val) => new(
        "runs",
        [
            new LearningCurve(
                [.. Enumerable.Range(0, 11).Select(i => 100 * i).Select(step => new CurvePoint(step, 1, At(train, step), 1, At(val, step), null, 1))],
                1000,
                RunOutcome.BudgetSpent),
        ]);

    private static double At(int? reached, int step) => reached <= step ? 0.95 : 0.94;
}

using Grokking.Claims;
using Grokking.Claims.Kumar2024;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Claims.Kumar2024;

[Trait("Category", "Unit")]
public sealed class LazierLearnsLaterTests
{
    [Theory]
    [InlineData(60, 150, -1)]
    [InlineData(50, 150, 0)]
    [InlineData(150, 150, 1)]
    [InlineData(60, 149, 2)]
    public void The_lag_grows_from_scale_to_scale_and_by_a_factor_over_all(int middle, int lazy, int failing) =>
        TypedCurves.AssertOnlyFails(failing, LazierLearnsLater.Judge([Runs(50), Runs(middle), Runs(lazy)]));

    [Fact]
    public void A_validation_loss_that_never_halves_counts_with_its_whole_budget() =>
        TypedCurves.AssertOnlyFails(-1, LazierLearnsLater.Judge([Runs(50), Runs(60), Runs(null)]));

    [Fact]
    public void The_lag_is_in_units_of_the_steps_that_training_loss_takes() =>
        TypedCurves.AssertOnlyFails(0, LazierLearnsLater.Judge([Runs(50), Runs(400, memorized: 80), Runs(150)]));

    [Fact]
    public void A_run_that_ends_before_it_has_learnt_anything_is_refused_in_any_place()
    {
        TrainedGroup none = new("none", [new LearningCurve([Point(0, 1, 1)], 1000, RunOutcome.Diverged)]);

        Assert.False(LazierLearnsLater.Judge([none, Runs(60), Runs(300)])[0].Holds);
        Assert.False(LazierLearnsLater.Judge([Runs(50), Runs(60), none])[1].Holds);
    }

    [Fact]
    public void The_verdict_refuses_lags_that_do_not_grow()
    {
        bool Holds(params TrainedGroup[] groups) => new LazierLearnsLater().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Runs(50), Runs(100), Runs(300)));
        Assert.False(Holds(Runs(300), Runs(100), Runs(50)));
        Assert.False(Holds(Runs(300), Runs(300), Runs(300)));
    }

    // Training loss is halved at one step, validation loss at another or never.
    private static TrainedGroup Runs(int? halved, int memorized = 10) => new(
        "runs",
        [
            new LearningCurve(
                [
                    Point(0, 1, 1), Point(memorized - 1, 0.51, 0.9), Point(memorized, 0.5, 0.9),
                    .. halved is { } step ? [Point(step - 1, 0.1, 0.51), Point(step, 0.1, 0.5)] : Array.Empty<CurvePoint>(), Point(1000, 0.1, 0.6),
                ],
                1000,
                RunOutcome.BudgetSpent),
        ]);

    private static CurvePoint Point(int step, double train, double val) => new(step, train, 0, val, 0, null, 1);
}

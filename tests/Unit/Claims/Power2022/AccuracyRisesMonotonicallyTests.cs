using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class AccuracyRisesMonotonicallyTests
{
    private static readonly TrainedGroup Rising = Run(0.1, 0.2, 0.4, 0.6, 0.8);

    // The mean of three falls by a third of what one evaluation does.
    [Theory]
    [InlineData(0.46, true)]
    [InlineData(0.44, false)]
    public void A_fall_of_the_mean_of_three_evaluations_by_more_than_five_points_is_one(double dip, bool holds) =>
        Assert.Equal(holds, AccuracyRisesMonotonically.Judge("runs", [[0.6, 0.6, 0.6, dip, 0.6]])[0].Holds);

    [Fact]
    public void Every_run_has_to_rise() => Assert.False(AccuracyRisesMonotonically.Judge("runs", [[0, 0.5, 1], [1, 1, 1, 0, 0, 0]])[0].Holds);

    [Fact]
    public void What_comes_after_99_per_cent_does_not_count() => Assert.True(Holds(Run(0.1, 0.2, 0.4, 0.99, 0.2, 0.2, 0.2), Rising));

    [Fact]
    public void The_verdict_refuses_the_runs_from_their_end_to_their_start()
    {
        Assert.True(Holds(Rising, Rising));
        Assert.False(Holds(Rising, Run(0.1, 0.8, 0.8, 0.8, 0.1, 0.1, 0.1)));
        Assert.False(Holds(Run(0.1, 0.1, 0.1), Rising));
    }

    [Fact]
    public void It_is_reported_and_says_why() => Assert.EndsWith(".", new AccuracyRisesMonotonically().ReportedOnly, StringComparison.Ordinal);

    private static bool Holds(params TrainedGroup[] groups) => new AccuracyRisesMonotonically().Judge(Tier.Quick, groups).Holds;

    private static TrainedGroup Run(params double[] accuracies) =>
        new("run", [Accuracies([.. accuracies.Select((accuracy, i) => (100 * (i + 1), 1.0, accuracy))])]);
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class LessDataTakesLongerTests
{
    private const int Budget = 10_000;

    [Fact]
    public void Times_that_grow_as_data_shrinks_hold() => AssertOnlyFails(-1, Judge([400, 440, 420], [900, 1000, 950], [3000, 2800, 3300]));

    [Fact]
    public void A_fraction_that_never_generalises_counts_as_the_slowest() =>
        AssertOnlyFails(-1, Judge([400, 440, 420], [900, 1000, 950], [-1, -1, -1]));

    [Fact]
    public void Times_that_shrink_are_refused_by_trend_and_slope()
    {
        IReadOnlyList<Finding> findings = Judge([3000, 2800, 3300], [900, 1000, 950], [400, 440, 420]);

        Assert.Equal([false, false, true], findings.Select(finding => finding.Holds));
    }

    [Fact]
    public void Times_that_do_not_depend_on_the_data_are_refused_by_trend_and_slope()
    {
        IReadOnlyList<Finding> findings = Judge([900, 1100, 1000], [1100, 1000, 900], [1000, 900, 1100]);

        Assert.Equal([false, false, true], findings.Select(finding => finding.Holds));
    }

    // Two runs in two groups: the order is right, and one in six by chance.
    [Fact]
    public void A_trend_that_chance_explains_is_refused() => AssertOnlyFails(0, Judge([400, 410], [900, 950]));

    // 1320/1000 over forty points is a factor of 1.007 a point.
    [Fact]
    public void A_growth_that_is_too_small_is_refused() => AssertOnlyFails(1, Judge([1000, 1001, 1002], [1150, 1151, 1152], [1320, 1321, 1322]));

    // The growth is between fractions that never generalise: a trend, but nothing to fit a line to.
    [Fact]
    public void A_slope_needs_two_fractions_that_generalise() => AssertOnlyFails(1, Judge([400, 440, 420, 430], [-1, -1, -1, -1], [-1, -1, -1, -1]));

    [Theory]
    [InlineData(20, true)]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public void Memorisation_times_have_to_stay_within_a_decade(int fastest, bool holds)
    {
        LearningCurve early = Curve(fastest, 3000, budget: Budget);
        TrainedGroup[] groups = [At(400, 440, 420), At(900, 1000, 950), new("early", [early, early, early])];

        AssertOnlyFails(holds ? -1 : 2, Judge(groups));
    }

    [Fact]
    public void A_run_that_never_memorises_is_refused()
    {
        LearningCurve never = Curve(memorized: null, generalized: null, budget: Budget);
        AssertOnlyFails(2, Judge(At(400, 440, 420), At(900, 1000, 950), new TrainedGroup("never", [never, never, never])));
    }

    [Fact]
    public void The_quick_verdict_needs_the_trend_of_both_models()
    {
        LessDataTakesLonger claim = new();
        LearningCurve[] headline = [.. Runs(2, 400, 900, 3000, 8000)], small = [.. Runs(5, 400, 900, 1900, 4000)];

        Assert.True(claim.Judge(Tier.Quick, [.. headline, .. small]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. headline, .. Enumerable.Reverse(small)]).Holds);
    }

    private static IReadOnlyList<Finding> Judge(params int[][] times) => Judge([.. times.Select(At)]);

    private static IReadOnlyList<Finding> Judge(params TrainedGroup[] groups) =>
        LessDataTakesLonger.Judge("runs", new FractionSweep([.. groups.Select((_, i) => 0.7 - (0.2 * i))], groups));

    private static TrainedGroup At(params int[] steps) => Group("runs", Budget, steps);

    // Seeds differ a little, so that no two runs tie.
    private static IEnumerable<LearningCurve> Runs(int seeds, params int[] steps) =>
        steps.SelectMany(step => Group("runs", Budget, [.. Enumerable.Range(0, seeds).Select(seed => step + (10 * seed))]).Curves);
}

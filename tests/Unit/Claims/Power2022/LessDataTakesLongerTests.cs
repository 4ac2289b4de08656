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

        Assert.All(findings, finding => Assert.False(finding.Holds));
    }

    [Fact]
    public void Times_that_do_not_depend_on_the_data_are_refused_by_trend_and_slope()
    {
        IReadOnlyList<Finding> findings = Judge([900, 1100, 1000], [1100, 1000, 900], [1000, 900, 1100]);

        Assert.All(findings, finding => Assert.False(finding.Holds));
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

    // Seeds of the most data memorise at step 100.
    [Theory]
    [InlineData(10, -1)]
    [InlineData(9, 0)]
    [InlineData(120, -1)]
    [InlineData(121, 1)]
    public void Memorisation_stays_within_a_decade_and_takes_no_longer_with_less_data(int steps, int failing)
    {
        LearningCurve least = Curve(steps, 3000, budget: Budget);

        AssertOnlyFails(failing, LessDataTakesLonger.JudgeMemorization("runs", Sweep(At(400, 440, 420), new("least", [least, least, least]))));
    }

    [Fact]
    public void A_run_that_never_memorises_is_refused()
    {
        LearningCurve never = Curve(memorized: null, generalized: null, budget: Budget), some = Curve(100, 3000, budget: Budget);

        AssertOnlyFails(0, LessDataTakesLonger.JudgeMemorization("runs", Sweep(At(400, 440, 420), new("once", [some, some, never]))));
    }

    [Fact]
    public void Where_the_median_run_does_not_converge_it_is_refused()
    {
        Assert.True(LessDataTakesLonger.JudgeConvergence("runs", Sweep(At(400, 440, 450), At(900, 1000, -1))).Holds);
        Assert.False(LessDataTakesLonger.JudgeConvergence("runs", Sweep(At(400, 440, 450), At(900, -1, -1))).Holds);
    }

    // 1.25⁵ = 3.05 and 1.7⁵ = 14.2 over five points; what lies above 30 % of the table does not count.
    [Theory]
    [InlineData(300, false)]
    [InlineData(310, true)]
    [InlineData(1400, true)]
    [InlineData(1430, false)]
    public void Near_the_boundary_the_factor_is_the_papers(int steps, bool holds) => Assert.Equal(
        holds, LessDataTakesLonger.JudgeNearBoundary("runs", new FractionSweep([0.5, 0.3, 0.25], [At(99, 99, 99), At(100, 100, 100), At(steps, steps, steps)])).Holds);

    [Fact]
    public void Runs_of_all_fractions_at_each_show_no_growth()
    {
        FractionSweep sweep = Sweep(At(400, 410, 420, 430), At(900, 910, 920, 930), At(1900, 1910, 1920, 1930), At(4000, 4010, 4020, 4030));

        Assert.All(LessDataTakesLonger.Judge("runs", sweep), finding => Assert.True(finding.Holds));
        Assert.False(LessDataTakesLonger.Judge("mixed", sweep.Mixed)[0].Holds);
        Assert.Equal([420, 930, 1900, 4010], sweep.Mixed.Groups[2].Curves.Select(curve => curve.LastStep));
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

    private static IReadOnlyList<Finding> Judge(params TrainedGroup[] groups) => LessDataTakesLonger.Judge("runs", Sweep(groups));

    private static FractionSweep Sweep(params TrainedGroup[] groups) => new([.. groups.Select((_, i) => 0.7 - (0.2 * i))], groups);

    private static TrainedGroup At(params int[] steps) => Group("runs", Budget, steps);

    // Seeds differ a little, so that no two runs tie.
    private static IEnumerable<LearningCurve> Runs(int seeds, params int[] steps) =>
        steps.SelectMany(step => Group("runs", Budget, [.. Enumerable.Range(0, seeds).Select(seed => step + (10 * seed))]).Curves);
}

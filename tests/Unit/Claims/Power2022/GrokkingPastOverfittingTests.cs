using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class GrokkingPastOverfittingTests
{
    private static readonly GrokkingPastOverfitting.Bounds Bounds = new(ChanceLoss: 4, Delay: 8, ValAtMemorization: 0.1, Peak: 1.5, Descent: 0.25);

    [Fact]
    public void Runs_at_every_bound_hold()
    {
        LearningCurve atTheBounds = Curve(memorized: 100, generalized: 800, valAtMemorization: 0.1, peakLoss: 6, finalLoss: 1.5);

        AssertOnlyFails(-1, Judge(atTheBounds, Curve(50, 5000)));
    }

    [Theory]
    [InlineData(799)]
    [InlineData(200)]
    public void A_short_delay_is_refused(int generalized) => AssertOnlyFails(0, Judge(Curve(100, generalized), Curve(100, 5000)));

    [Fact]
    public void A_run_that_never_generalises_is_refused() => AssertOnlyFails(0, Judge(Curve(100, generalized: null), Curve(100, 5000)));

    [Fact]
    public void Validation_that_comes_with_memorisation_is_refused() =>
        AssertOnlyFails(1, Judge(Curve(100, 5000, valAtMemorization: 0.11), Curve(100, 5000)));

    // Delay and validation accuracy at memorisation are both unknown.
    [Fact]
    public void A_run_that_never_memorises_is_refused()
    {
        IReadOnlyList<Finding> findings = Judge(Curve(memorized: null, generalized: 5000, finalLoss: 6));

        Assert.False(findings[0].Holds);
        Assert.False(findings[1].Holds);
    }

    [Fact]
    public void A_validation_loss_that_stays_near_chance_is_refused() =>
        AssertOnlyFails(2, Judge(Curve(100, 5000, peakLoss: 5.9), Curve(100, 5000)));

    [Fact]
    public void A_validation_loss_that_stays_high_is_refused() =>
        AssertOnlyFails(3, Judge(Curve(100, 5000, peakLoss: 6, finalLoss: 1.51), Curve(100, 5000)));

    // Of x + y the mirror y + x is known by symmetry; only pairs without it show what the model knows.
    [Fact]
    public void Accuracy_at_memorisation_leaves_pairs_out_whose_mirror_trains()
    {
        LearningCurve curve = Curve(100, 5000);
        CurvePoint memorised = curve.Points[1] with { ValAccuracy = 0.4, MirrorFreeValAccuracy = 0.1 };

        AssertOnlyFails(-1, Judge(curve with { Points = [curve.Points[0], memorised, curve.Points[2]] }));
        AssertOnlyFails(1, Judge(curve with { Points = [curve.Points[0], memorised with { MirrorFreeValAccuracy = null }, curve.Points[2]] }));
    }

    [Fact]
    public void The_quick_verdict_needs_the_claim_of_both_models_and_the_failure_of_the_control()
    {
        LearningCurve grokked = Curve(100, 5000), fast = Curve(100, 150, valAtMemorization: 0.6, peakLoss: 3.8);
        GrokkingPastOverfitting claim = new();

        Assert.True(claim.Judge(Tier.Quick, [.. Many(2, grokked), .. Many(5, grokked), .. Many(5, fast)]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. Many(2, fast), .. Many(5, grokked), .. Many(5, fast)]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. Many(2, grokked), .. Many(5, fast), .. Many(5, fast)]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. Many(2, grokked), .. Many(5, grokked), .. Many(5, grokked)]).Holds);
    }

    [Fact]
    public void The_paper_s_verdict_needs_a_delay_of_a_hundred()
    {
        LearningCurve grokked = Curve(100, 10_000, peakLoss: 10), early = Curve(100, 9_900, peakLoss: 10), control = Curve(100, 150);
        GrokkingPastOverfitting claim = new();

        Assert.True(claim.Judge(Tier.Paper, [grokked, grokked, grokked, control]).Holds);
        Assert.False(claim.Judge(Tier.Paper, [grokked, grokked, early, control]).Holds);
    }

    [Fact]
    public void Where_the_median_is_judged_one_of_three_may_miss_every_bound()
    {
        LearningCurve grokked = Curve(100, 5000), fast = Curve(100, 150, valAtMemorization: 0.6, peakLoss: 3.8, finalLoss: 3);
        GrokkingPastOverfitting.Bounds median = Bounds with { OfMedian = true };

        AssertOnlyFails(-1, GrokkingPastOverfitting.Judge("runs", [grokked, grokked, fast], median));
        Assert.All(GrokkingPastOverfitting.Judge("runs", [grokked, fast, fast], median), finding => Assert.False(finding.Holds));
    }

    [Theory]
    [InlineData(1000, 0.1, -1)]
    [InlineData(1001, 0.1, 0)]
    [InlineData(1000, 0.11, 1)]
    public void At_the_papers_size_ten_times_the_steps_to_memorise_know_nothing_else(int memorized, double later, int failing)
    {
        var curve = new LearningCurve(
            [.. new[] { (0, 0.0, 0.0), (memorized, 0.99, 0.01), (9000, 1, later), (20_000, 1, 0.99) }.Select(at => new CurvePoint(at.Item1, 1, at.Item2, 1, at.Item3, null, 1))],
            20_000,
            RunOutcome.Generalized);

        AssertOnlyFails(failing, GrokkingPastOverfitting.JudgeOnset(new("runs", [curve, Curve(100, 19_000)])));
    }

    private static IReadOnlyList<Finding> Judge(params LearningCurve[] curves) => GrokkingPastOverfitting.Judge("runs", curves, Bounds);

    private static IEnumerable<LearningCurve> Many(int count, LearningCurve curve) => Enumerable.Repeat(curve, count);
}

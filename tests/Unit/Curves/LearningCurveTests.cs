using Grokking.Curves;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class LearningCurveTests
{
    // Memorises by step 20, generalises by 300 after one lucky evaluation at 100, and spikes once at 600.
    private static readonly LearningCurve Grokked = Curve(
        (0, 0.01, 0.01),
        (10, 0.60, 0.02),
        (20, 0.99, 0.02),
        (50, 1.00, 0.05),
        (100, 1.00, 0.99),
        (200, 1.00, 0.70),
        (300, 1.00, 0.995),
        (400, 1.00, 1.00),
        (500, 1.00, 1.00),
        (600, 0.90, 0.80),
        (700, 1.00, 1.00));

    [Theory]
    [InlineData(1, 2, 3, true)]
    [InlineData(double.NaN, 2, 3, false)]
    [InlineData(1, double.PositiveInfinity, 3, false)]
    [InlineData(1, 2, double.NegativeInfinity, false)]
    public void A_point_is_finite_when_its_losses_and_its_norm_are(double trainLoss, double valLoss, double weightNorm, bool expected) =>
        Assert.Equal(expected, new CurvePoint(0, trainLoss, 0, valLoss, 0, MirrorFreeValAccuracy: null, weightNorm).IsFinite);

    [Fact]
    public void A_first_crossing_lies_between_the_last_evaluation_below_and_the_first_at_or_above()
    {
        Assert.Equal(new Milestone(10, 20), Grokked.FirstCrossing(Equations.Train, 0.99));
        Assert.Equal(new Milestone(0, 10), Grokked.FirstCrossing(Equations.Train, 0.5));
        Assert.Equal(new Milestone(50, 100), Grokked.FirstCrossing(Equations.Val, 0.99));
    }

    [Fact]
    public void A_sustained_crossing_skips_a_lucky_evaluation_and_survives_a_later_spike()
    {
        Assert.Equal(new Milestone(200, 300), Grokked.SustainedCrossing(Equations.Val, 0.99));
        Assert.Equal(new Milestone(10, 20), Grokked.SustainedCrossing(Equations.Train, 0.99));
    }

    [Fact]
    public void A_digest_is_that_of_every_bit_of_the_curve()
    {
        string digest = CurveDigest.Of(Curve((0, 0.01, 0.01), (10, 0.60, 0.02)));

        Assert.Equal(64, digest.Length);
        Assert.Equal(digest, CurveDigest.Of(Curve((0, 0.01, 0.01), (10, 0.60, 0.02))));
        Assert.NotEqual(digest, CurveDigest.Of(Curve((0, 0.01, 0.01), (10, 0.60, Math.BitIncrement(0.02)))), StringComparer.Ordinal);
        Assert.NotEqual(digest, CurveDigest.Of(Curve((0, 0.01, 0.01), (11, 0.60, 0.02))), StringComparer.Ordinal);
        Assert.NotEqual(digest, CurveDigest.Of(Curve((0, 0.01, 0.01))), StringComparer.Ordinal);
    }

    [Fact]
    public void A_point_is_generalised_when_training_and_validation_are_both_learnt()
    {
        Assert.True(Curve((1, 0.99, 0.99)).Final.IsGeneralized);
        Assert.False(Curve((1, 0.98, 1)).Final.IsGeneralized);
        Assert.False(Curve((1, 1, 0.98)).Final.IsGeneralized);
    }

    [Fact]
    public void A_threshold_held_from_the_start_has_no_step_below()
    {
        LearningCurve trained = Curve((0, 1, 0.2), (10, 1, 0.2), (20, 1, 0.2));
        Assert.Equal(new Milestone(null, 0), trained.FirstCrossing(Equations.Train, 0.99));
        Assert.Equal(new Milestone(null, 0), trained.SustainedCrossing(Equations.Train, 0.99));
    }

    [Fact]
    public void A_threshold_never_reached_is_censored_at_the_budget()
    {
        LearningCurve memorised = Curve((0, 0, 0.1), (1000, 1, 0.1));
        Milestone never = memorised.FirstCrossing(Equations.Val, 0.99);
        Assert.Equal(new Milestone(1000, null), never);
        Assert.Equal(EventTime.Censored(1000), never.Within(memorised.Budget));
        Assert.Equal(EventTime.Observed(20), new Milestone(10, 20).Within(1000));
    }

    [Fact]
    public void An_accuracy_that_is_not_a_number_crosses_nothing()
    {
        LearningCurve broken = Curve((0, double.NaN, 0), (1, 1, 0));
        Assert.Equal(new Milestone(0, 1), broken.FirstCrossing(Equations.Train, 0.5));
    }

    [Fact]
    public void Mirror_free_accuracy_is_read_where_it_was_measured_and_missed_where_not()
    {
        var measured = new LearningCurve(
            [.. Grokked.Points.Select(point => point with { MirrorFreeValAccuracy = point.ValAccuracy / 2 })], 700, RunOutcome.BudgetSpent);
        Assert.Equal(new Milestone(50, 100), measured.FirstCrossing(Equations.MirrorFreeVal, 0.45));
        Assert.Equal(new Milestone(700, null), measured.FirstCrossing(Equations.MirrorFreeVal, 0.6));
        Assert.Throws<InvalidOperationException>(() => Grokked.FirstCrossing(Equations.MirrorFreeVal, 0.5));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.01)]
    [InlineData(99.0)]
    [InlineData(double.NaN)]
    public void A_threshold_outside_its_range_is_refused(double threshold)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Grokked.FirstCrossing(Equations.Val, threshold));
        Assert.Throws<ArgumentOutOfRangeException>(() => Grokked.SustainedCrossing(Equations.Val, threshold));
    }

    [Fact]
    public void Unknown_equations_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Grokked.FirstCrossing((Equations)7, 0.5));

    [Fact]
    public void Milestones_are_the_crossings_of_the_curve()
    {
        var milestones = Milestones.Of(Grokked);
        Assert.Equal(new Milestone(0, 10), milestones.Train50);
        Assert.Equal(new Milestone(10, 20), milestones.Train90);
        Assert.Equal(new Milestone(10, 20), milestones.Train95);
        Assert.Equal(new Milestone(10, 20), milestones.Train99);
        Assert.Equal(new Milestone(50, 100), milestones.Val50);
        Assert.Equal(new Milestone(50, 100), milestones.Val90);
        Assert.Equal(new Milestone(50, 100), milestones.Val95);
        Assert.Equal(new Milestone(50, 100), milestones.Val99);
        Assert.Equal(new Milestone(10, 20), milestones.SustainedTrain99);
        Assert.Equal(new Milestone(200, 300), milestones.SustainedVal99);
    }

    [Fact]
    public void Each_milestone_has_its_own_threshold()
    {
        LearningCurve rising = Curve((0, 0.1, 0), (1, 0.5, 0.1), (2, 0.9, 0.5), (3, 0.95, 0.9), (4, 0.99, 0.95), (5, 1, 0.99));
        var milestones = Milestones.Of(rising);
        int?[] train = [milestones.Train50.By, milestones.Train90.By, milestones.Train95.By, milestones.Train99.By];
        int?[] val = [milestones.Val50.By, milestones.Val90.By, milestones.Val95.By, milestones.Val99.By];
        Assert.Equal([1, 2, 3, 4], train);
        Assert.Equal([2, 3, 4, 5], val);
        Assert.Equal(new Milestone(3, null), milestones.SustainedTrain99);
    }

    [Fact]
    public void The_peak_of_the_validation_loss_is_the_first_of_equals()
    {
        var curve = new LearningCurve(
            [Point(0, valLoss: 4.6), Point(10, valLoss: 30), Point(20, valLoss: 30), Point(30, valLoss: 0.1), Point(40, valLoss: 0.2)],
            40,
            RunOutcome.BudgetSpent);
        Assert.Equal(10, curve.PeakValLoss.Step);
        Assert.Equal(0.2, curve.Final.ValLoss);
    }

    [Fact]
    public void The_value_at_a_step_is_that_of_the_latest_evaluation_before_it()
    {
        Assert.Equal(50, Grokked.At(99).Step);
        Assert.Equal(100, Grokked.At(100).Step);
        Assert.Equal(0, Grokked.At(0).Step);
        Assert.Equal(700, Grokked.At(5000).Step);
        Assert.Throws<ArgumentOutOfRangeException>(() => Grokked.At(-1));
    }

    [Fact]
    public void The_best_evaluation_is_the_first_with_the_highest_accuracy()
    {
        Assert.Equal(400, Grokked.Best(Equations.Val).Step);
        Assert.Equal(50, Grokked.Best(Equations.Train).Step);
    }

    [Fact]
    public void A_milestone_writes_itself_as_an_interval()
    {
        Assert.Equal("(1000, 1050]", new Milestone(1000, 1050).ToString());
        Assert.Equal("[0, 0]", new Milestone(null, 0).ToString());
        Assert.Equal("(950, ∞)", new Milestone(950, null).ToString());
    }

    private static LearningCurve Curve(params (int Step, double Train, double Val)[] points) => new(
        [.. points.Select(point => Point(point.Step) with { TrainAccuracy = point.Train, ValAccuracy = point.Val })],
        points[^1].Step,
        RunOutcome.BudgetSpent);

    private static CurvePoint Point(int step, double valLoss = 1) =>
        new(step, TrainLoss: 1, TrainAccuracy: 0, valLoss, ValAccuracy: 0, MirrorFreeValAccuracy: null, WeightNorm: 1);
}

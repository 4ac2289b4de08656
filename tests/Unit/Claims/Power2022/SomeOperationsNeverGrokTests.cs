using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class SomeOperationsNeverGrokTests
{
    private const int Budget = 1000;

    private static readonly TrainedGroup Reference = Group("x+y", Budget, 700, 800);
    private static readonly TrainedGroup Hard = new("hard", [Never(0.10), Never(0.02)]);

    [Fact]
    public void An_operation_that_stays_near_chance_beside_one_that_has_long_generalised_holds() =>
        AssertOnlyFails(-1, SomeOperationsNeverGrok.Judge(Reference, Hard));

    [Theory]
    [InlineData(801)]
    [InlineData(-1)]
    public void A_reference_that_needs_most_of_the_budget_is_refused(int slowest) =>
        AssertOnlyFails(0, SomeOperationsNeverGrok.Judge(Group("x+y", Budget, 700, slowest), Hard));

    [Fact]
    public void Validation_accuracy_above_a_tenth_at_any_evaluation_is_refused()
    {
        LearningCurve spiked = Never(0.02);
        spiked = spiked with { Points = [.. spiked.Points.Select((point, i) => i == 1 ? point with { ValAccuracy = 0.101 } : point)] };

        AssertOnlyFails(1, SomeOperationsNeverGrok.Judge(Reference, new TrainedGroup("hard", [Never(0.02), spiked])));
    }

    [Fact]
    public void A_run_that_ended_before_its_budget_is_refused()
    {
        LearningCurve diverged = Never(0.02);
        diverged = diverged with { Points = [.. diverged.Points.Take(2)], Outcome = RunOutcome.Diverged };

        AssertOnlyFails(1, SomeOperationsNeverGrok.Judge(Reference, new TrainedGroup("hard", [Never(0.02), diverged])));
    }

    [Fact]
    public void The_reference_in_the_place_of_the_hard_operation_is_refused() =>
        Assert.True(Finding.Refuses("x+y", SomeOperationsNeverGrok.Judge(Reference, Reference)).Holds);

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.98, false)]
    public void The_median_run_has_to_memorise(double median, bool holds)
    {
        LearningCurve curve = Never(0.02);
        LearningCurve other = curve with { Points = [.. curve.Points.Select(point => point with { TrainAccuracy = median })] };
        LearningCurve least = curve with { Points = [.. curve.Points.Select(point => point with { TrainAccuracy = 0.5 })] };

        Assert.Equal(holds, SomeOperationsNeverGrok.JudgeMemorization(new TrainedGroup("hard", [curve, other, least])).Holds);
    }

    [Fact]
    public void The_quick_verdict_needs_every_group()
    {
        SomeOperationsNeverGrok claim = new();
        LearningCurve grokked = Curve(100, 800, budget: Budget), hard = Never(0.05), generalised = Curve(100, 900, budget: Budget);
        IReadOnlyList<RunGroup> groups = claim.Groups(Tier.Quick);

        Assert.True(claim.Judge(Tier.Quick, Curves(exception: -1)).Holds);
        Assert.All(Enumerable.Range(0, groups.Count), exception => Assert.False(claim.Judge(Tier.Quick, Curves(exception)).Holds));

        LearningCurve[] Curves(int exception) =>
        [
            .. groups.SelectMany((group, i) => Enumerable.Repeat(
                (IsEasy(group), i == exception) switch
                {
                    (true, false) => grokked,
                    (true, true) => hard,
                    (false, false) => hard,
                    (false, true) => generalised,
                },
                group.Experiments.Count)),
        ];
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public void The_quick_verdict_lets_only_the_large_model_with_much_data_be_memorising_still(int unlearnt, bool holds)
    {
        SomeOperationsNeverGrok claim = new();
        LearningCurve grokked = Curve(100, 800, budget: Budget), hard = Never(0.05), learning = Curve(null, null, budget: Budget);

        Assert.Equal(holds, claim.Judge(Tier.Quick, claim.Groups(Tier.Quick).SelectMany((group, i) => Enumerable.Repeat(
            IsEasy(group) ? grokked : i == unlearnt ? learning : hard, group.Experiments.Count)).ToArray()).Holds);
    }

    private static bool IsEasy(RunGroup group) =>
        group.Name.Contains("x+y mod", StringComparison.Ordinal) || group.Name.Contains("x³+xy mod", StringComparison.Ordinal);

    private static LearningCurve Never(double valAccuracy) => Curve(100, generalized: null, valAtMemorization: valAccuracy, budget: Budget);
}

using Grokking.Claims;
using Grokking.Claims.Liu2023;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Claims.Liu2023;

[Trait("Category", "Unit")]
public sealed class NormRisesThenFallsTests
{
    [Theory]
    [InlineData(0.99, 12, 10, -1)]
    [InlineData(0.98, 12, 10, 0)]
    [InlineData(0.99, 11.9, 10, 1)]
    [InlineData(0.99, 12, 10.1, 2)]
    public void Every_seed_is_held_to_each_bound(double val, double highest, double end, int failing) =>
        TypedCurves.AssertOnlyFails(failing, NormRisesThenFalls.Judge(new("decay", [Run(), Run(val, highest, end)])));

    [Fact]
    public void A_norm_that_rises_after_generalisation_alone_is_refused()
    {
        LearningCurve late = Run(highest: 11);

        TypedCurves.AssertOnlyFails(
            1, NormRisesThenFalls.Judge(new("decay", [late with { Points = [.. late.Points, late.Final with { Step = 2000, WeightNorm = 15 }, late.Final with { Step = 3000 }] }])));
    }

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.98, false)]
    public void Every_seed_without_decay_memorises(double train, bool holds) => Assert.Equal(
        holds, NormRisesThenFalls.JudgeMemorizing(new("no decay", [Run(), TypedCurves.Accuracies((500, train, 0.1))])).Holds);

    [Fact]
    public void The_verdict_refuses_runs_that_are_alike()
    {
        TrainedGroup decayed = new("decay", [Run()]), growing = new("no decay", [Run(val: 0.3, highest: 16, end: 16)]);

        Assert.True(new NormRisesThenFalls().Judge(Tier.Quick, [decayed, growing]).Holds);
        Assert.False(new NormRisesThenFalls().Judge(Tier.Quick, [growing, growing]).Holds);
        Assert.False(new NormRisesThenFalls().Judge(Tier.Quick, [decayed, decayed]).Holds);
        Assert.False(new NormRisesThenFalls().Judge(Tier.Quick, [decayed, new("diverged", [TypedCurves.Diverged])]).Holds);
    }

    // Starts with norm 10.
    private static LearningCurve Run(double val = 0.99, double highest = 12, double end = 9) => new(
        [new(0, 4, 0, 4, 0, null, 10), new(100, 0.1, 1, 8, 0.1, null, highest), new(1000, 0.1, 1, 0.1, val, null, end)], 1000, RunOutcome.BudgetSpent);
}

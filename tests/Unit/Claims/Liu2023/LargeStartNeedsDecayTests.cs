using Grokking.Claims;
using Grokking.Claims.Liu2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2023;

[Trait("Category", "Unit")]
public sealed class LargeStartNeedsDecayTests
{
    [Theory]
    [InlineData(0.95, 0.9, 0.95, 4000, -1)]
    [InlineData(0.94, 0.9, 0.95, 4000, 0)]
    [InlineData(0.95, 0.91, 0.95, 4000, 1)]
    [InlineData(0.95, 0.9, 0.95, 3999, 3)]
    public void A_large_start_is_held_to_each_bound(double train, double never, double little, int late, int failing) => AssertOnlyFails(
        failing,
        LargeStartNeedsDecay.JudgeLarge(
            new("none", [Accuracies((100, 1, 0.1)), Accuracies((100, train, never))]),
            new("little", [Run(late, little)]),
            new("much", [Run(1000)])));

    // Of the median too: the ratio is then unknown.
    [Fact]
    public void A_run_with_little_decay_that_never_generalises_is_refused() => AssertOnlyFails(
        2, LargeStartNeedsDecay.JudgeLarge(new("none", [Accuracies((100, 1, 0.1))]), new("little", [Run(9000), Run(9000), Run(4000, 0.94)]), new("much", [Run(1000)])));

    [Theory]
    [InlineData(4000, -1)]
    [InlineData(4001, 1)]
    public void A_small_start_generalises_soon_with_any_decay(int last, int failing) =>
        AssertOnlyFails(failing, LargeStartNeedsDecay.JudgeSmall(new("none", [Run(500)]), new("little", [Run(500), Run(last)])));

    [Fact]
    public void The_verdict_refuses_starts_that_are_alike()
    {
        TrainedGroup never = new("never", [Accuracies((100, 1, 0.1))]), late = new("late", [Run(20_000)]), soon = new("soon", [Run(1000)]);
        bool Holds(params TrainedGroup[] groups) => new LargeStartNeedsDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(never, late, soon, soon, soon, soon));
        Assert.False(Holds(soon, soon, soon, soon, soon, soon));
        Assert.False(Holds(never, late, soon, never, late, soon));
    }

    private static LearningCurve Run(int generalized, double val = 0.95) => Accuracies((100, 1, 0.1), (generalized, 1, val));
}

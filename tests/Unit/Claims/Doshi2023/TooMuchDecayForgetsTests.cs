using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class TooMuchDecayForgetsTests
{
    [Theory]
    [InlineData(0.99, 0.05, -1)]
    [InlineData(0.98, 0.05, 0)]
    [InlineData(0.99, 0.06, 1)]
    public void Every_seed_is_held_to_each_bound(double best, double end, int failing) =>
        AssertOnlyFails(failing, TooMuchDecayForgets.Judge(Runs((1, 0.01), (1, 0.01), (best, end))));

    [Fact]
    public void The_verdict_refuses_runs_that_go_on_generalising()
    {
        TrainedGroup forgotten = Runs((1, 0.01)), kept = Runs((1, 1));
        bool Holds(params TrainedGroup[] groups) => new TooMuchDecayForgets().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(forgotten, kept));
        Assert.False(Holds(kept, forgotten));
        Assert.False(Holds(forgotten, forgotten));
        Assert.False(Holds(kept, kept));
        Assert.False(Holds(forgotten, new("diverged", [Diverged])));
    }

    [Fact]
    public void A_run_that_ends_before_the_step_it_is_read_at_is_no_run_that_forgot() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TooMuchDecayForgets.Judge(new("short", [Accuracies((300, 1, 1), (500, 0.02, 0.01))])));

    private static TrainedGroup Runs(params (double Best, double End)[] val) =>
        new("runs", [.. val.Select(run => Accuracies((300, 0.65, run.Best), (2400, 0.02, run.End)))]);
}

using Grokking.Claims;
using Grokking.Claims.Lyu2024;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Lyu2024;

// 1/(ηλ) is 1000 steps, and ln 2 of it 693.
[Trait("Category", "Unit")]
public sealed class TransitionTimeFollowsStartAndDecayTests
{
    [Theory]
    [InlineData(2555, -1)]
    [InlineData(2554, 1)]
    [InlineData(2831, -1)]
    [InlineData(2832, 1)]
    public void A_doubled_start_is_later_by_the_logarithm_of_two(int doubled, int failing) =>
        AssertOnlyFails(failing, TransitionTimeFollowsStartAndDecay.JudgeStarts([Runs(2000), Runs(doubled)], [1, 2]));

    [Theory]
    [InlineData(10, -1)]
    [InlineData(11, 0)]
    public void Every_run_memorises_at_once(int memorized, int failing) => AssertOnlyFails(
        failing,
        TransitionTimeFollowsStartAndDecay.JudgeStarts([Runs(2000), new("start 2", [Run(2, 2693), Run(memorized, 2693)])], [1, 2]));

    // Over a doubling of the decay: 2^0.85, 2^1.15, and what is just outside.
    [Theory]
    [InlineData(1803, -1)]
    [InlineData(1802, 0)]
    [InlineData(2219, -1)]
    [InlineData(2220, 0)]
    public void The_slope_over_decay_is_held_to_its_band(int weak, int failing) =>
        AssertOnlyFails(failing, TransitionTimeFollowsStartAndDecay.JudgeDecays([Runs(weak), Runs(1000)], [0.005, 0.01]));

    [Fact]
    public void Runs_that_never_generalise_have_neither_delay_nor_slope()
    {
        var never = new TrainedGroup("never", [Accuracies((2, 1, 0.6), (9000, 1, 0.6))]);

        AssertOnlyFails(1, TransitionTimeFollowsStartAndDecay.JudgeStarts([Runs(2000), never], [1, 2]));
        AssertOnlyFails(0, TransitionTimeFollowsStartAndDecay.JudgeDecays([never, Runs(1000)], [0.005, 0.01]));
    }

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.98, false)]
    public void Every_run_without_decay_memorises(double train, bool holds) => Assert.Equal(
        holds, TransitionTimeFollowsStartAndDecay.JudgeMemorizing(new("never", [Accuracies((2, 1, 0.6)), Accuracies((2, train, 0.6))])).Holds);

    [Fact]
    public void The_verdict_refuses_times_that_depend_on_nothing()
    {
        var never = new TrainedGroup("never", [Accuracies((2, 1, 0.6), (9000, 1, 0.6))]);
        bool Holds(params TrainedGroup[] groups) => new TransitionTimeFollowsStartAndDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Runs(2000), Runs(2693), Runs(3386), Runs(8000), Runs(4000), never));
        Assert.False(Holds(Runs(2000), Runs(2000), Runs(2000), Runs(8000), Runs(4000), never));
        Assert.False(Holds(Runs(2000), Runs(2693), Runs(3386), Runs(2000), Runs(2000), never));
        Assert.False(Holds(Runs(2000), Runs(2693), Runs(3386), Runs(8000), Runs(4000), Runs(8000)));
        Assert.False(Holds(Runs(2000), Runs(2693), Runs(3386), Runs(8000), Runs(4000), new("diverged", [Diverged])));
    }

    private static TrainedGroup Runs(int generalized) => new("runs", [Run(2, generalized)]);

    private static LearningCurve Run(int memorized, int generalized) => Accuracies((memorized, 1, 0.6), (generalized, 1, 1));
}

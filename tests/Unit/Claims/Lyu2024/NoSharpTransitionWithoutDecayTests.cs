using Grokking.Claims;
using Grokking.Claims.Lyu2024;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Lyu2024;

[Trait("Category", "Unit")]
public sealed class NoSharpTransitionWithoutDecayTests
{
    [Theory]
    [InlineData(3000, -1)]
    [InlineData(3001, 0)]
    public void Every_transition_with_decay_is_sharp(int learnt, int failing) =>
        AssertOnlyFails(failing, NoSharpTransitionWithoutDecay.JudgeDecay(new("decay", [Sharp(), Sharp(learnt)])));

    [Fact]
    public void A_run_with_decay_that_stays_below_99_percent_is_refused() =>
        AssertOnlyFails(0, NoSharpTransitionWithoutDecay.JudgeDecay(new("decay", [Sharp(), Flat()])));

    [Theory]
    [InlineData(0.99, 0.69, -1)]
    [InlineData(0.98, 0.69, 0)]
    [InlineData(0.99, 0.71, 1)]
    public void Every_run_without_decay_memorises_and_gains_next_to_nothing(double train, double val, int failing) =>
        AssertOnlyFails(failing, NoSharpTransitionWithoutDecay.JudgeNoDecay(new("no decay", [Flat(), Flat(train, val)])));

    // Without a gain in the last nine tenths.
    [Theory]
    [InlineData(0.8, -1)]
    [InlineData(0.81, 2)]
    [InlineData(1, 2)]
    public void A_run_without_decay_that_has_generalised_early_is_refused(double val, int failing) =>
        AssertOnlyFails(failing, NoSharpTransitionWithoutDecay.JudgeNoDecay(new("no decay", [Flat(), Accuracies((2, 1, 0.6), (1000, 1, val), (10_000, 1, val))])));

    [Fact]
    public void The_verdict_refuses_runs_that_are_alike()
    {
        TrainedGroup sharp = new("sharp", [Sharp()]), flat = new("flat", [Flat()]);

        Assert.True(new NoSharpTransitionWithoutDecay().Judge(Tier.Quick, [sharp, flat]).Holds);
        Assert.False(new NoSharpTransitionWithoutDecay().Judge(Tier.Quick, [sharp, sharp]).Holds);
        Assert.False(new NoSharpTransitionWithoutDecay().Judge(Tier.Quick, [flat, flat]).Holds);
    }

    private static LearningCurve Sharp(int learnt = 1500) => Accuracies((2, 1, 0.6), (100, 1, 0.6), (1000, 1, 0.8), (learnt, 1, 0.99));

    // At a tenth of its steps the validation accuracy is 65 %.
    private static LearningCurve Flat(double train = 0.99, double val = 0.65) => Accuracies((2, 1, 0.6), (1000, 1, 0.65), (10_000, train, val));
}

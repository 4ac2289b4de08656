using Grokking.Claims;
using Grokking.Claims.Gromov2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Gromov2023;

[Trait("Category", "Unit")]
public sealed class UnitsBecomePeriodicFirstTests
{
    private static readonly TrainedGroup Start = Networks(0.01, 0.25, 0.125);
    private static readonly TrainedGroup Early = Networks(0.01, 0.5, 0.25);
    private static readonly TrainedGroup End = Networks(1, 1, 0.5);

    [Theory]
    [InlineData(0.1, 0.3, -1)]
    [InlineData(0.11, 0.3, 0)]
    [InlineData(0.1, 0.29, 1)]
    public void Every_seed_is_held_to_each_early_bound(double val, double ratio, int failing) =>
        AssertOnlyFails(failing, UnitsBecomePeriodicFirst.JudgeEarly(Start, Networks(val, ratio, 0.25)));

    [Theory]
    [InlineData(0.75, true)]
    [InlineData(0.74, false)]
    public void Every_seed_rises_to_the_end(double ratio, bool holds) =>
        Assert.Equal(holds, UnitsBecomePeriodicFirst.JudgeEnd(Start, Networks(1, ratio, 0.5)).Holds);

    // Against each other's start both would do.
    [Fact]
    public void A_network_is_held_against_its_own_start() =>
        Assert.False(UnitsBecomePeriodicFirst.JudgeEnd(Start, Networks(1, 0.5, 1)).Holds);

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.98, false)]
    public void Every_seed_of_the_control_memorises(double train, bool holds) =>
        Assert.Equal(holds, UnitsBecomePeriodicFirst.JudgeMemorizing(new("control", [Accuracies((100, 1, 0.01)), Accuracies((100, train, 0.01))])).Holds);

    [Fact]
    public void The_verdict_refuses_networks_that_never_generalise()
    {
        TrainedGroup never = Networks(0.01, 0.25, 0.125);
        bool Holds(params TrainedGroup[] groups) => new UnitsBecomePeriodicFirst().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Start, Early, End, Start, never));
        Assert.False(Holds(Start, Early, never, Start, End));
        Assert.False(Holds(Start, Early, End, Start, End));
        Assert.False(Holds(Start, Early, never, Start, never));
        Assert.False(Holds(Start, Early, End, Start, never with { Curves = [Diverged, Diverged] }));
    }

    [Fact]
    public void The_control_is_held_against_its_own_start()
    {
        TrainedGroup high = Networks(0.01, 1, 1);

        Assert.True(new UnitsBecomePeriodicFirst().Judge(Tier.Quick, [Start, Early, End, high, high]).Holds);
        Assert.False(new UnitsBecomePeriodicFirst().Judge(Tier.Quick, [Start, Early, End, Start, high]).Holds);
    }

    private static TrainedGroup Networks(double val, params double[] ratios) =>
        new TrainedGroup("networks", [.. ratios.Select(_ => Accuracies((20, 1, val)))]).With("meanInverseParticipationRatio", ratios);
}

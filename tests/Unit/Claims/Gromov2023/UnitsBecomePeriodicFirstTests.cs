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
    [InlineData(0.1, 0.3, 0.75, -1)]
    [InlineData(0.11, 0.3, 0.75, 0)]
    [InlineData(0.1, 0.29, 0.75, 1)]
    [InlineData(0.1, 0.3, 0.74, 2)]
    public void Every_seed_is_held_to_each_bound(double earlyVal, double early, double end, int failing) =>
        AssertOnlyFails(failing, UnitsBecomePeriodicFirst.Judge(Start, Networks(earlyVal, early, 0.25), Networks(1, end, 0.5)));

    // Against each other's start both would do.
    [Fact]
    public void A_network_is_held_against_its_own_start() =>
        AssertOnlyFails(2, UnitsBecomePeriodicFirst.Judge(Start, Early, Networks(1, 0.5, 1)));

    [Fact]
    public void The_verdict_refuses_networks_that_never_generalise()
    {
        TrainedGroup never = Networks(0.01, 0.25, 0.125);
        bool Holds(params TrainedGroup[] groups) => new UnitsBecomePeriodicFirst().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Start, Early, End, never));
        Assert.False(Holds(Start, Early, never, End));
        Assert.False(Holds(Start, Early, End, End));
        Assert.False(Holds(Start, Early, never, never));
    }

    private static TrainedGroup Networks(double val, params double[] ratios) =>
        new TrainedGroup("networks", [.. ratios.Select(_ => Accuracies((20, 1, val)))]).With("meanInverseParticipationRatio", ratios);
}

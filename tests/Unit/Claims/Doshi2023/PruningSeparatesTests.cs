using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class PruningSeparatesTests
{
    [Theory]
    [InlineData(0.95, 0.2, 0.2, 0.7, -1)]
    [InlineData(0.94, 0.2, 0.2, 0.7, 0)]
    [InlineData(0.95, 0.21, 0.2, 0.7, 1)]
    [InlineData(0.95, 0.2, 0.21, 0.7, 2)]
    [InlineData(0.95, 0.2, 0.2, 0.69, 3)]
    public void Every_seed_is_held_to_each_bound(
        double valOfPeriodic, double wrongLabelsOfPeriodic, double valOfOthers, double wrongLabelsOfOthers, int failing) =>
        AssertOnlyFails(failing, PruningSeparates.Judge(Networks(valOfPeriodic, wrongLabelsOfPeriodic, valOfOthers, wrongLabelsOfOthers)));

    [Fact]
    public void The_verdict_refuses_networks_that_only_memorised()
    {
        TrainedGroup both = Networks(1, 0.01, 0.05, 0.9), memorised = Networks(0.01, 0.01, 0.05, 0.9);
        bool Holds(params TrainedGroup[] groups) => new PruningSeparates().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(both, memorised));
        Assert.False(Holds(memorised, both));
        Assert.False(Holds(both, both));
        Assert.False(Holds(memorised, memorised));
    }

    // Two networks without a fault and this one.
    private static TrainedGroup Networks(double valOfPeriodic, double wrongLabelsOfPeriodic, double valOfOthers, double wrongLabelsOfOthers) =>
        new TrainedGroup("networks", [Curve(100, 500), Curve(100, 500), Curve(100, 500)])
            .With("valOfPeriodicUnits", 1, 1, valOfPeriodic)
            .With("wrongLabelsOfPeriodicUnits", 0.01, 0.01, wrongLabelsOfPeriodic)
            .With("valOfOtherUnits", 0.01, 0.01, valOfOthers)
            .With("wrongLabelsOfOtherUnits", 0.9, 0.9, wrongLabelsOfOthers);
}

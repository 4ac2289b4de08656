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
    public void The_verdict_refuses_parts_that_any_units_would_make()
    {
        TrainedGroup apart = Networks(1, 0.01, 0.05, 0.9);
        bool Holds(double valOfDrawn, double wrongLabelsOfUndrawn, TrainedGroup group) => new PruningSeparates().Judge(
            Tier.Quick,
            [
                group.With("valOfDrawnUnits", 1, 1, valOfDrawn).With("wrongLabelsOfDrawnUnits", 0.01, 0.01, 0.01)
                    .With("valOfUndrawnUnits", 0.01, 0.01, 0.01).With("wrongLabelsOfUndrawnUnits", 0.9, 0.9, wrongLabelsOfUndrawn),
            ]).Holds;

        Assert.True(Holds(0.5, 0.9, apart));
        Assert.True(Holds(1, 0.5, apart));
        Assert.False(Holds(1, 0.9, apart));
        Assert.False(Holds(0.5, 0.9, Networks(0.01, 0.01, 0.05, 0.9)));
    }

    // Two networks without a fault and this one.
    private static TrainedGroup Networks(double valOfPeriodic, double wrongLabelsOfPeriodic, double valOfOthers, double wrongLabelsOfOthers) =>
        new TrainedGroup("networks", [Curve(100, 500), Curve(100, 500), Curve(100, 500)])
            .With("valOfPeriodicUnits", 1, 1, valOfPeriodic)
            .With("wrongLabelsOfPeriodicUnits", 0.01, 0.01, wrongLabelsOfPeriodic)
            .With("valOfOtherUnits", 0.01, 0.01, valOfOthers)
            .With("wrongLabelsOfOtherUnits", 0.9, 0.9, wrongLabelsOfOthers);
}

using Grokking.Claims;
using Grokking.Claims.Stander2024;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Stander2024;

[Trait("Category", "Unit")]
public sealed class UnitsConcentrateOnCosetsTests
{
    [Theory]
    [InlineData(0.99, 0.5, 0.98, -1)]
    [InlineData(0.98, 0.5, 0.98, 0)]
    [InlineData(0.99, 0.49, 0.98, 1)]
    [InlineData(0.99, 0.5, 0.97, 2)]
    public void Every_seed_is_held_to_each_bound(double val, double share, double valOfConcentrated, int failing) =>
        AssertOnlyFails(failing, UnitsConcentrateOnCosets.Judge(Networks(val, share, valOfConcentrated)));

    [Fact]
    public void The_verdict_refuses_networks_that_only_memorised()
    {
        TrainedGroup grokked = Networks(1, 0.9, 1);
        TrainedGroup memorised = Networks(1, 0.03, 0.05) with { Curves = [.. Enumerable.Repeat(Accuracies((100, 1, 0)), 3)] };
        bool Holds(params TrainedGroup[] groups) => new UnitsConcentrateOnCosets().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(grokked, memorised));
        Assert.False(Holds(memorised, grokked));
        Assert.False(Holds(grokked, grokked));
        Assert.False(Holds(grokked, memorised.With("shareConcentrated", 0.9, 0.9, 0.9)));
        Assert.False(Holds(grokked, memorised with { Curves = [.. Enumerable.Repeat(Accuracies((100, 0.9, 0)), 3)] }));
        Assert.False(Holds(memorised, memorised));
    }

    // Two networks without a fault and this one.
    private static TrainedGroup Networks(double val, double share, double valOfConcentrated) =>
        new TrainedGroup("networks", [Curve(100, 500), Curve(100, 500), Accuracies((500, 1, val))])
            .With("medianConcentration", 1e-6, 1e-6, 1e-6)
            .With("shareConcentrated", 1, 1, share)
            .With("valAccuracyOfConcentratedUnits", 1, 1, valOfConcentrated);
}

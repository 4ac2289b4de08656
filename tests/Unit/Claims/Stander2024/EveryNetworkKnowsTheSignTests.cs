using Grokking.Claims;
using Grokking.Claims.Stander2024;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Stander2024;

[Trait("Category", "Unit")]
public sealed class EveryNetworkKnowsTheSignTests
{
    [Theory]
    [InlineData(2, 1, 0.99, -1)]
    [InlineData(1, 0, 0.99, 0)]
    [InlineData(3, 3, 0.99, 1)]
    [InlineData(2, 1, 0.98, 2)]
    public void Every_network_is_held_to_each_bound(int signUnits, int before, double val, int failing) =>
        AssertOnlyFails(failing, EveryNetworkKnowsTheSign.Judge(Networks(signUnits, val), Memorised(before)));

    [Fact]
    public void The_verdict_refuses_either_in_the_place_of_the_other()
    {
        TrainedGroup grokked = Networks(10, 1), memorised = Memorised(1);
        bool Holds(params TrainedGroup[] groups) => new EveryNetworkKnowsTheSign().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(grokked, memorised));
        Assert.False(Holds(memorised, grokked));
        Assert.False(Holds(grokked, grokked));
        Assert.False(Holds(grokked, memorised.With("signUnits", 2, 2, 2)));
        Assert.False(Holds(grokked, memorised with { Curves = [.. Enumerable.Repeat(Accuracies((100, 0.9, 0)), 3)] }));
        Assert.False(Holds(memorised, memorised));
    }

    private static TrainedGroup Memorised(int signUnits) =>
        new TrainedGroup("networks", [Curve(100, null), Curve(100, null), Curve(100, null)]).With("signUnits", 0, 0, signUnits);

    // Two networks without a fault and this one.
    private static TrainedGroup Networks(int signUnits, double val) =>
        new TrainedGroup("networks", [Curve(100, 500), Curve(100, 500), Accuracies((500, 1, val))]).With("signUnits", 10, 10, signUnits);
}

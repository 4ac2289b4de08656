using Grokking.Claims;
using Grokking.Claims.Prieto2025;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Prieto2025;

[Trait("Category", "Unit")]
public sealed class FloatLossStopsEarlierTests
{
    [Theory]
    [InlineData(0.99, 0.99, 0.48, -1)]
    [InlineData(0.98, 0.99, 0.48, 0)]
    [InlineData(0.99, 0.98, 0.48, 1)]
    [InlineData(0.99, 0.99, 0.47, 2)]
    public void Every_seed_is_held_to_each_bound(double trainInDouble, double trainInFloat, double valInDouble, int failing) =>
        AssertOnlyFails(failing, FloatLossStopsEarlier.Judge(Runs(trainInDouble, valInDouble), Runs(trainInFloat, 0.375)));

    [Fact]
    public void The_verdict_refuses_either_in_the_place_of_the_other()
    {
        TrainedGroup inDouble = Runs(1, 0.9), inFloat = Runs(1, 0.2);
        bool Holds(params TrainedGroup[] groups) => new FloatLossStopsEarlier().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(inDouble, inFloat));
        Assert.False(Holds(inFloat, inDouble));
        Assert.False(Holds(inDouble, inDouble));
        Assert.False(Holds(inFloat, inFloat));
    }

    // A run without a fault in either place and this one.
    private static TrainedGroup Runs(double train, double val) => new("runs", [Accuracies((500, 1, val > 0.4 ? 0.9 : 0.3)), Accuracies((500, train, val))]);
}

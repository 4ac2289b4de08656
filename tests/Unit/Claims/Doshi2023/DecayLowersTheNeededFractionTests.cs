using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class DecayLowersTheNeededFractionTests
{
    [Theory]
    [InlineData(0.95, 0.99, 0.5, 0.95, -1)]
    [InlineData(0.94, 0.99, 0.5, 0.95, 0)]
    [InlineData(0.95, 0.98, 0.5, 0.95, 1)]
    [InlineData(0.95, 0.99, 0.51, 0.95, 2)]
    [InlineData(0.95, 0.99, 0.5, 0.94, 3)]
    public void Every_seed_is_held_to_each_bound(double decayed, double undecayedTrain, double undecayed, double onMore, int failing) => AssertOnlyFails(
        failing,
        DecayLowersTheNeededFraction.Judge(
            Best(1, decayed), new("no decay", [Accuracies((500, 1, 0.1)), Accuracies((500, undecayedTrain, undecayed))]), Best(1, onMore)));

    [Fact]
    public void The_verdict_refuses_no_decay_in_the_place_of_decay()
    {
        TrainedGroup enough = Best(1, 0.99), tooLittle = Best(0.1, 0.3);
        bool Holds(params TrainedGroup[] groups) => new DecayLowersTheNeededFraction().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(enough, tooLittle, enough));
        Assert.False(Holds(tooLittle, enough, enough));
        Assert.False(Holds(enough, tooLittle, tooLittle));
        Assert.False(Holds(enough, enough, enough));
        Assert.False(Holds(enough, new("diverged", [Diverged]), enough));
    }
}

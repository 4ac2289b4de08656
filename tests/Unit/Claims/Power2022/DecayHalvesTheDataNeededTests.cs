using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class DecayHalvesTheDataNeededTests
{
    [Theory]
    [InlineData(0.86, 0.85, -1)]
    [InlineData(0.85, 0.85, 0)]
    [InlineData(0.86, 0.86, 1)]
    public void Each_bound_is_held_for_itself(double decay, double other, int failing) =>
        AssertOnlyFails(failing, DecayHalvesTheDataNeeded.Judge(Best(0.99, decay), [Best(0.1, other), Best(0.2)]));

    [Fact]
    public void The_verdict_needs_every_other_to_fail_on_much_data()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);
        Verdict Judge(params TrainedGroup[] groups) => new DecayHalvesTheDataNeeded().Judge(Tier.Quick, groups);

        Assert.True(Judge(enough, tooLittle, tooLittle, tooLittle, tooLittle).Holds);
        Assert.False(Judge(enough, tooLittle, tooLittle, tooLittle, enough).Holds);
        Assert.False(Judge(tooLittle, tooLittle, tooLittle, tooLittle, tooLittle).Holds);
    }
}

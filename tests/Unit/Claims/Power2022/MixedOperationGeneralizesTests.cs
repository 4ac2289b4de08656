using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class MixedOperationGeneralizesTests
{
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.49, false)]
    public void Every_seed_has_to_know_half_of_the_rest(double worst, bool holds) =>
        AssertOnlyFails(holds ? -1 : 0, MixedOperationGeneralizes.Judge(Best(0.9, worst)));

    [Fact]
    public void The_verdict_refuses_an_operation_that_never_generalises()
    {
        TrainedGroup mixed = Best(0.9), never = Best(0.05);

        Assert.True(new MixedOperationGeneralizes().Judge(Tier.Quick, [mixed, never]).Holds);
        Assert.False(new MixedOperationGeneralizes().Judge(Tier.Quick, [never, never]).Holds);
        Assert.False(new MixedOperationGeneralizes().Judge(Tier.Quick, [mixed, mixed]).Holds);
    }
}

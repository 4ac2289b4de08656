using Grokking.Claims;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class MixedOperationGeneralizesTests
{
    private static readonly TrainedGroup Part = Group("x/y", 4000, 400);

    [Theory]
    [InlineData(600, -1)]
    [InlineData(599, 1)]
    public void It_has_to_be_later_than_its_part(int steps, int failing) =>
        AssertOnlyFails(failing, MixedOperationGeneralizes.Judge(Group("mixed", 4000, steps), Part));

    [Fact]
    public void It_has_to_generalise() =>
        AssertOnlyFails(0, MixedOperationGeneralizes.Judge(new("mixed", [Curve(100, null, valAtMemorization: 0.49, budget: 4000)]), Group("x/y", 4000, 50)));

    [Fact]
    public void The_verdict_refuses_both_controls()
    {
        MixedOperationGeneralizes claim = new();
        TrainedGroup mixed = Group("mixed", 4000, 1000), never = Group("never", 2000, -1);

        Assert.True(claim.Judge(Tier.Quick, [mixed, Part, never]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [never, Part, never]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [mixed, Part, mixed]).Holds);
    }
}

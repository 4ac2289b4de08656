using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class ProductInS5IsEasiestTests
{
    [Theory]
    [InlineData(0.9, 0.69, -1)]
    [InlineData(0.89, 0.68, 0)]
    [InlineData(0.9, 0.71, 1)]
    public void Each_bound_is_held_for_itself(double easy, double hard, int failing) =>
        AssertOnlyFails(failing, ProductInS5IsEasiest.Judge(Best(0.3, easy, 0.99), Best(0.1, hard)));

    [Fact]
    public void The_verdict_needs_both_others_behind()
    {
        TrainedGroup first = Best(0.99, 0.99, 0.98), behind = Best(0.3);
        Verdict Judge(params TrainedGroup[] groups) => new ProductInS5IsEasiest().Judge(Tier.Quick, groups);

        Assert.True(Judge(first, behind, behind).Holds);
        Assert.False(Judge(first, first, behind).Holds);
        Assert.False(Judge(first, behind, first).Holds);
        Assert.False(Judge(Best(0.99, 0.5, 0.99), behind, behind).Holds);
    }
}

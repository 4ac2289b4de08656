using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class RelatedOperationsAreAlikeTests
{
    private static readonly TrainedGroup Reference = Group("reference", 8000, 1600, 1600, 1600);

    [Theory]
    [InlineData(1600, true)]
    [InlineData(1200, true)]
    [InlineData(2128, true)]
    [InlineData(1199, false)]
    [InlineData(2129, false)]
    [InlineData(-1, false)]
    public void One_takes_three_quarters_to_four_thirds_of_the_other(int median, bool holds) =>
        AssertOnlyFails(holds ? -1 : 0, RelatedOperationsAreAlike.Judge(Group("other", 8000, median, median, median), Reference));

    [Theory]
    [InlineData(1600, 1650, 1050, 1000, true)]
    [InlineData(1600, 3000, 1050, 1000, false)]
    [InlineData(1600, 1650, 1050, 500, false)]
    [InlineData(1600, 1650, 1500, 1600, false)]
    public void Both_pairs_are_alike_and_the_control_is_not(int subtract, int divide, int add, int multiply, bool holds) =>
        Assert.Equal(holds, new RelatedOperationsAreAlike().Judge(
            Tier.Quick,
            [Group("x-y", 8000, subtract), Group("x/y", 8000, divide), Group("x+y", 2000, add), Group("x·y", 2000, multiply)]).Holds);
}

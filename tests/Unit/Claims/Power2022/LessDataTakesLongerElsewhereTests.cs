using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class LessDataTakesLongerElsewhereTests
{
    [Fact]
    public void Steps_that_rise_as_data_shrinks_hold_and_the_reverse_does_not()
    {
        TrainedGroup[] groups =
        [
            Group("70 %", 8000, 1000, 1010, 1020, 1030, 1040),
            Group("60 %", 8000, 1500, 1510, 1520, 1530, 1540),
            Group("55 %", 8000, 2000, 2010, 2020, 2030, 2040),
            Group("50 %", 8000, 2500, 2510, 2520, 2530, 2540),
        ];

        Assert.True(new LessDataTakesLongerElsewhere().Judge(Tier.Quick, groups).Holds);
        Assert.False(new LessDataTakesLongerElsewhere().Judge(Tier.Quick, [.. groups.Reverse()]).Holds);
    }
}

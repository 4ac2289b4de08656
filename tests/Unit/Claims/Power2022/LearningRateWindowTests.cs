using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class LearningRateWindowTests
{
    private static readonly TrainedGroup Tuned = Best(0.99, 0.95);
    private static readonly TrainedGroup Behind = Best(0.03, 0.1);

    [Theory]
    [InlineData(0.64, true)]
    [InlineData(0.66, false)]
    public void The_others_have_to_be_thirty_points_behind(double best, bool holds) =>
        AssertOnlyFails(holds ? -1 : 0, LearningRateWindow.Judge(Tuned, [Best(0.1, best), Behind]));

    [Fact]
    public void The_verdict_needs_both_sides_of_the_window()
    {
        LearningRateWindow claim = new();

        Assert.True(claim.Judge(Tier.Quick, [Tuned, Behind, Behind]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Tuned, Tuned, Behind]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Tuned, Behind, Tuned]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Behind, Tuned, Behind]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Best(0.99, 0.89), Behind, Behind]).Holds);
    }
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class CurvesMeetWithMoreDataTests
{
    private static readonly int[][] Falling = [[200, 210, 220], [500, 510, 520], [900, 910, 920], [1500, 1510, 1520], [2500, 2510, -1]];

    [Fact]
    public void A_lag_that_grows_as_data_shrinks_holds() => AssertOnlyFails(-1, CurvesMeetWithMoreData.Judge(Groups(Falling)));

    [Fact]
    public void The_same_lag_at_all_fractions_is_no_trend() =>
        Assert.False(CurvesMeetWithMoreData.Judge(Groups([[700], [700], [700], [700], [700]]))[0].Holds);

    [Fact]
    public void With_little_data_the_lag_has_to_be_large() =>
        AssertOnlyFails(1, CurvesMeetWithMoreData.Judge(Groups([[200, 210, 220], [300, 310, 320], [400, 410, 420], [500, 510, 520], [590, 599, 600]])));

    [Fact]
    public void With_much_data_the_lag_has_to_be_small() =>
        AssertOnlyFails(2, CurvesMeetWithMoreData.Judge(Groups([[540, 551, 552], [700, 710, 720], .. Falling[2..]])));

    [Fact]
    public void The_verdict_refuses_the_order_reversed()
    {
        Assert.True(new CurvesMeetWithMoreData().Judge(Tier.Quick, Groups(Falling)).Holds);
        Assert.False(new CurvesMeetWithMoreData().Judge(Tier.Quick, [.. Groups(Falling).Reverse()]).Holds);
    }

    // Training is learnt at step 100.
    private static IReadOnlyList<TrainedGroup> Groups(int[][] steps) => [.. steps.Select((each, i) => Group($"group {i}", 10_000, each))];
}

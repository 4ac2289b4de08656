using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class CurvesMeetWithMoreDataClaims : ClaimTest
{
    [Fact]
    public Task Validation_lags_less_the_more_data_there_is() => HoldsAsApproved(new CurvesMeetWithMoreData());
}

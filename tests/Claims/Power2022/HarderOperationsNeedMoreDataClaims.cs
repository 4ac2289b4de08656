using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class HarderOperationsNeedMoreDataClaims : ClaimTest
{
    [Fact]
    public Task Operations_need_their_data_in_the_order_of_the_figure() => HoldsAsApproved(new HarderOperationsNeedMoreData());
}

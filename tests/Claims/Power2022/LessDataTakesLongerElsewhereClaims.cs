using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class LessDataTakesLongerElsewhereClaims : ClaimTest
{
    [Fact]
    public Task Division_too_takes_longer_with_less_data() => HoldsAsApproved(new LessDataTakesLongerElsewhere());
}

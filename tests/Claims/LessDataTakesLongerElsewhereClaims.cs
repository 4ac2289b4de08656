using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class LessDataTakesLongerElsewhereClaims : ClaimTest
{
    [Fact]
    public Task Division_too_takes_longer_with_less_data() => HoldsAsApproved(new LessDataTakesLongerElsewhere());
}

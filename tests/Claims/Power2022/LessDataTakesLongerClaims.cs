using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class LessDataTakesLongerClaims : ClaimTest
{
    [Fact]
    public Task Steps_to_generalise_rise_as_data_shrinks() => HoldsAsApproved(new LessDataTakesLonger());
}

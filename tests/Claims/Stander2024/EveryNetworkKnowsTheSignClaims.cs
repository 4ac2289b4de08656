using Grokking.Claims.Stander2024;

namespace Grokking.Tests.Claims.Stander2024;

[Trait("Category", "Claims")]
public sealed class EveryNetworkKnowsTheSignClaims : ClaimTest
{
    [Fact]
    public Task Every_network_has_units_of_the_sign() => HoldsAsApproved(new EveryNetworkKnowsTheSign());
}

using Grokking.Claims.Liu2023;

namespace Grokking.Tests.Claims.Liu2023;

[Trait("Category", "Claims")]
public sealed class LargerStartDelaysMoreClaims : ClaimTest
{
    [Fact]
    public Task Larger_weights_at_the_start_put_generalisation_off() => HoldsAsApproved(new LargerStartDelaysMore());
}

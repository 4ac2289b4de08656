using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class PruningSeparatesClaims : ClaimTest
{
    [Fact]
    public Task Periodic_units_generalise_and_the_others_memorise() => HoldsAsApproved(new PruningSeparates());
}

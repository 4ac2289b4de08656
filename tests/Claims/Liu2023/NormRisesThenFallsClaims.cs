using Grokking.Claims.Liu2023;

namespace Grokking.Tests.Claims.Liu2023;

[Trait("Category", "Claims")]
public sealed class NormRisesThenFallsClaims : ClaimTest
{
    [Fact]
    public Task The_norm_rises_while_it_overfits_and_falls_below_the_start() => HoldsAsApproved(new NormRisesThenFalls());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class NoiseHelpsClaims : ClaimTest
{
    [Fact]
    public Task Small_batches_are_ahead_of_full_ones() => HoldsAsApproved(new NoiseHelps());
}

using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class NoiseHelpsClaims : ClaimTest
{
    [Fact]
    public Task Small_batches_are_ahead_of_full_ones() => HoldsAsApproved(new NoiseHelps());
}

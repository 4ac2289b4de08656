using Grokking.Claims.Liu2023;

namespace Grokking.Tests.Claims.Liu2023;

[Trait("Category", "Claims")]
public sealed class LargeStartNeedsDecayClaims : ClaimTest
{
    [Fact]
    public Task A_doubled_start_generalises_only_with_decay_and_a_halved_one_always() => HoldsAsApproved(new LargeStartNeedsDecay());
}

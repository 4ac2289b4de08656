using Grokking.Claims.Prieto2025;

namespace Grokking.Tests.Claims.Prieto2025;

[Trait("Category", "Claims")]
public sealed class StableMaxNeedsNoDecayClaims : ClaimTest
{
    [Fact]
    public Task Orthogonal_descent_on_StableMax_generalises_without_decay() => HoldsAsApproved(new StableMaxNeedsNoDecay());
}

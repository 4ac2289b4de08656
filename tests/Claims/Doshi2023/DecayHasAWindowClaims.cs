using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class DecayHasAWindowClaims : ClaimTest
{
    [Fact]
    public Task Weight_decay_generalises_inside_a_window_alone() => HoldsAsApproved(new DecayHasAWindow());
}

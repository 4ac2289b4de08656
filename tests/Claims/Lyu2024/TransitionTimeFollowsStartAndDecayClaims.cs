using Grokking.Claims.Lyu2024;

namespace Grokking.Tests.Claims.Lyu2024;

[Trait("Category", "Claims")]
public sealed class TransitionTimeFollowsStartAndDecayClaims : ClaimTest
{
    [Fact]
    public Task The_transition_comes_when_decay_has_shrunk_the_start() => HoldsAsApproved(new TransitionTimeFollowsStartAndDecay());
}

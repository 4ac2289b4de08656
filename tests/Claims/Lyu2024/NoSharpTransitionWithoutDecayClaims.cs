using Grokking.Claims.Lyu2024;

namespace Grokking.Tests.Claims.Lyu2024;

[Trait("Category", "Claims")]
public sealed class NoSharpTransitionWithoutDecayClaims : ClaimTest
{
    [Fact]
    public Task Decay_makes_the_transition_sharp_and_without_it_there_is_none() => HoldsAsApproved(new NoSharpTransitionWithoutDecay());
}

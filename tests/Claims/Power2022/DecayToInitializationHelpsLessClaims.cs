using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class DecayToInitializationHelpsLessClaims : ClaimTest
{
    [Fact]
    public Task Decay_to_the_origin_is_ahead_of_decay_to_the_initialisation() => HoldsAsApproved(new DecayToInitializationHelpsLess());
}

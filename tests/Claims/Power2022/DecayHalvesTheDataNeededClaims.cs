using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class DecayHalvesTheDataNeededClaims : ClaimTest
{
    [Fact]
    public Task Decay_makes_do_with_less_than_half_of_the_data() => HoldsAsApproved(new DecayHalvesTheDataNeeded());
}

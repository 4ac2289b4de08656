using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class DecayLowersTheNeededFractionClaims : ClaimTest
{
    [Fact]
    public Task Decay_makes_do_with_a_smaller_training_fraction() => HoldsAsApproved(new DecayLowersTheNeededFraction());
}

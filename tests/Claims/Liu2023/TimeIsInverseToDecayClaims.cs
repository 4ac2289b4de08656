using Grokking.Claims.Liu2023;

namespace Grokking.Tests.Claims.Liu2023;

[Trait("Category", "Claims")]
public sealed class TimeIsInverseToDecayClaims : ClaimTest
{
    [Fact]
    public Task Ten_times_the_decay_generalises_in_a_tenth_of_the_steps() => HoldsAsApproved(new TimeIsInverseToDecay());
}

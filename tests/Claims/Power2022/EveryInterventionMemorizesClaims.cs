using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class EveryInterventionMemorizesClaims : ClaimTest
{
    [Fact]
    public Task Every_intervention_learns_the_training_set() => HoldsAsApproved(new EveryInterventionMemorizes());
}

using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class EveryInterventionMemorizesClaims : ClaimTest
{
    [Fact]
    public Task Every_intervention_learns_the_training_set() => HoldsAsApproved(new EveryInterventionMemorizes());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class WeightDecayHelpsMostClaims : ClaimTest
{
    [Fact]
    public Task Weight_decay_generalises_before_every_other_intervention() => HoldsAsApproved(new WeightDecayHelpsMost());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class GrokkingPastOverfittingClaims : ClaimTest
{
    [Fact]
    public Task Validation_is_learnt_long_after_training() => HoldsAsApproved(new GrokkingPastOverfitting());
}

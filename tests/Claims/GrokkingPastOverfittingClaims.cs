using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class GrokkingPastOverfittingClaims : ClaimTest
{
    [Fact]
    public Task Validation_is_learnt_long_after_training() => HoldsAsApproved(new GrokkingPastOverfitting());
}

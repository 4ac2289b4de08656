using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class GrokkedModelsAreFlatterClaims : ClaimTest
{
    [Fact]
    public Task Sharpness_falls_as_validation_accuracy_rises() => HoldsAsApproved(new GrokkedModelsAreFlatter());
}

using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class GrokkedModelsAreFlatterClaims : ClaimTest
{
    [Fact]
    public Task Sharpness_falls_as_validation_accuracy_rises() => HoldsAsApproved(new GrokkedModelsAreFlatter());
}

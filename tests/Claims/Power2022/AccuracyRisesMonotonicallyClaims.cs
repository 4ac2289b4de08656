using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class AccuracyRisesMonotonicallyClaims : ClaimTest
{
    [Fact]
    public Task Validation_accuracy_does_not_fall_on_its_way() => HoldsAsApproved(new AccuracyRisesMonotonically());
}

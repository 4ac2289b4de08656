using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class LearningRateWindowClaims : ClaimTest
{
    [Fact]
    public Task A_tenth_and_ten_times_the_learning_rate_are_worse() => HoldsAsApproved(new LearningRateWindow());
}

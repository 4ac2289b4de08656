using Grokking.Claims.Kumar2024;

namespace Grokking.Tests.Claims.Kumar2024;

[Trait("Category", "Claims")]
public sealed class LazierLearnsLaterClaims : ClaimTest
{
    [Fact]
    public Task A_lazier_network_lags_more_behind_its_training_loss() => HoldsAsApproved(new LazierLearnsLater());
}

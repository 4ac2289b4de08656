using Grokking.Claims.Gromov2023;

namespace Grokking.Tests.Claims.Gromov2023;

[Trait("Category", "Claims")]
public sealed class HarderSumKeepsItsLossGapClaims : ClaimTest
{
    [Fact]
    public Task A_harder_sum_is_learnt_with_a_loss_gap_that_stays() => HoldsAsApproved(new HarderSumKeepsItsLossGap());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class FullBatchesCanGeneralizeClaims : ClaimTest
{
    [Fact]
    public Task Full_batches_generalise_with_most_of_the_table() => HoldsAsApproved(new FullBatchesCanGeneralize());
}

using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class FullBatchesCanGeneralizeClaims : ClaimTest
{
    [Fact]
    public Task Full_batches_generalise_with_most_of_the_table() => HoldsAsApproved(new FullBatchesCanGeneralize());
}

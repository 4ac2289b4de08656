using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class OutputRowsClusterInCosetsClaims : ClaimTest
{
    [Fact]
    public Task Rows_of_permutations_cluster_in_cosets() => HoldsAsApproved(new OutputRowsClusterInCosets());
}

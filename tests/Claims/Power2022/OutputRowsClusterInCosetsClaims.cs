using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class OutputRowsClusterInCosetsClaims : ClaimTest
{
    [Fact]
    public Task Rows_of_permutations_cluster_in_cosets() => HoldsAsApproved(new OutputRowsClusterInCosets());
}

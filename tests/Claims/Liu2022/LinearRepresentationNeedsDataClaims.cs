using Grokking.Claims.Liu2022;

namespace Grokking.Tests.Claims.Liu2022;

[Trait("Category", "Claims")]
public sealed class LinearRepresentationNeedsDataClaims : ClaimTest
{
    [Fact]
    public Task Few_pairs_hardly_ever_give_a_linear_representation() => HoldsAsApproved(new LinearRepresentationNeedsData());
}

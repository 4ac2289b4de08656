using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class ProductInS5IsEasiestClaims : ClaimTest
{
    [Fact]
    public Task The_plain_product_is_ahead_of_the_other_two() => HoldsAsApproved(new ProductInS5IsEasiest());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class RelatedOperationsAreAlikeClaims : ClaimTest
{
    [Fact]
    public Task Division_is_like_subtraction_and_multiplication_like_addition() => HoldsAsApproved(new RelatedOperationsAreAlike());
}

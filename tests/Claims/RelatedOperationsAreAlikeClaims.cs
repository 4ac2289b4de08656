using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class RelatedOperationsAreAlikeClaims : ClaimTest
{
    [Fact]
    public Task Division_is_like_subtraction_and_multiplication_like_addition() => HoldsAsApproved(new RelatedOperationsAreAlike());
}

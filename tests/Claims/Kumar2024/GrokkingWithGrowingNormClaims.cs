using Grokking.Claims.Kumar2024;

namespace Grokking.Tests.Claims.Kumar2024;

[Trait("Category", "Claims")]
public sealed class GrokkingWithGrowingNormClaims : ClaimTest
{
    [Fact]
    public Task Plain_gradient_descent_generalises_late_while_its_norm_grows() => HoldsAsApproved(new GrokkingWithGrowingNorm());
}

using Grokking.Claims.Prieto2025;

namespace Grokking.Tests.Claims.Prieto2025;

[Trait("Category", "Claims")]
public sealed class OrthogonalGradientEndsTheDelayClaims : ClaimTest
{
    [Fact]
    public Task The_orthogonal_gradient_generalises_without_a_delay() => HoldsAsApproved(new OrthogonalGradientEndsTheDelay());
}

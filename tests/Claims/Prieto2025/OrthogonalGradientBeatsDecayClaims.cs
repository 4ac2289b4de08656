using Grokking.Claims.Prieto2025;

namespace Grokking.Tests.Claims.Prieto2025;

[Trait("Category", "Claims")]
public sealed class OrthogonalGradientBeatsDecayClaims : ClaimTest
{
    [Fact]
    public Task A_transformer_generalises_sooner_with_the_orthogonal_gradient_than_with_decay() => HoldsAsApproved(new OrthogonalGradientBeatsDecay());
}

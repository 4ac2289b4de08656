using Grokking.Claims.Prieto2025;

namespace Grokking.Tests.Claims.Prieto2025;

[Trait("Category", "Claims")]
public sealed class FloatLossStopsEarlierClaims : ClaimTest
{
    [Fact]
    public Task The_loss_in_double_ends_with_more_equations_right() => HoldsAsApproved(new FloatLossStopsEarlier());
}

using Grokking.Claims.Gromov2023;

namespace Grokking.Tests.Claims.Gromov2023;

[Trait("Category", "Claims")]
public sealed class UnitsBecomePeriodicFirstClaims : ClaimTest
{
    [Fact]
    public Task Units_turn_periodic_before_the_validation_accuracy_moves() => HoldsAsApproved(new UnitsBecomePeriodicFirst());
}

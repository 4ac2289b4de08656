using Grokking.Claims.Stander2024;

namespace Grokking.Tests.Claims.Stander2024;

[Trait("Category", "Claims")]
public sealed class UnitsConcentrateOnCosetsClaims : ClaimTest
{
    [Fact]
    public Task Hidden_units_know_permutations_by_their_cosets() => HoldsAsApproved(new UnitsConcentrateOnCosets());
}

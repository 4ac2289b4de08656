using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class SomeOperationsNeverGrokClaims : ClaimTest
{
    [Fact]
    public Task A_cubic_is_memorised_and_never_generalises() => HoldsAsApproved(new SomeOperationsNeverGrok());
}

using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class SymmetricOperationsNeedLessClaims : ClaimTest
{
    [Fact]
    public Task Symmetric_operations_are_ahead_of_their_relatives() => HoldsAsApproved(new SymmetricOperationsNeedLess());
}

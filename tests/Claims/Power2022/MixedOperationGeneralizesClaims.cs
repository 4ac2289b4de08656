using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class MixedOperationGeneralizesClaims : ClaimTest
{
    [Fact]
    public Task The_mixed_operation_generalises() => HoldsAsApproved(new MixedOperationGeneralizes());
}

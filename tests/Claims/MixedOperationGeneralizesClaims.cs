using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class MixedOperationGeneralizesClaims : ClaimTest
{
    [Fact]
    public Task The_mixed_operation_generalises() => HoldsAsApproved(new MixedOperationGeneralizes());
}

using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class MemorizationAndGeneralizationCoexistClaims : ClaimTest
{
    [Fact]
    public Task Unseen_equations_are_learnt_beside_wrong_labels() => HoldsAsApproved(new MemorizationAndGeneralizationCoexist());
}

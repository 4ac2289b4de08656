using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class OutliersAreMemorizedClaims : ClaimTest
{
    [Fact]
    public Task Only_many_wrong_answers_keep_a_model_from_generalising() => HoldsAsApproved(new OutliersAreMemorized());
}

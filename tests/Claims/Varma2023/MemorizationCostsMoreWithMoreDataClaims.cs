using Grokking.Claims.Varma2023;

namespace Grokking.Tests.Claims.Varma2023;

[Trait("Category", "Claims")]
public sealed class MemorizationCostsMoreWithMoreDataClaims : ClaimTest
{
    [Fact]
    public Task Memorising_costs_more_weight_on_more_data_and_a_rule_does_not() => HoldsAsApproved(new MemorizationCostsMoreWithMoreData());
}

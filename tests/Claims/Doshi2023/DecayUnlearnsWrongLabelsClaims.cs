using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class DecayUnlearnsWrongLabelsClaims : ClaimTest
{
    [Fact]
    public Task Wrong_labels_are_given_up_under_weight_decay() => HoldsAsApproved(new DecayUnlearnsWrongLabels());
}

using Grokking.Claims.Prieto2025;

namespace Grokking.Tests.Claims.Prieto2025;

[Trait("Category", "Claims")]
public sealed class CollapseStopsGeneralizationClaims : ClaimTest
{
    [Fact]
    public Task Validation_accuracy_stops_where_the_softmax_collapses() => HoldsAsApproved(new CollapseStopsGeneralization());
}

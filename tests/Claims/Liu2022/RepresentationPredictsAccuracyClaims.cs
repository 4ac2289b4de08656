using Grokking.Claims.Liu2022;

namespace Grokking.Tests.Claims.Liu2022;

[Trait("Category", "Claims")]
public sealed class RepresentationPredictsAccuracyClaims : ClaimTest
{
    [Fact]
    public Task Parallelograms_predict_the_accuracy() => HoldsAsApproved(new RepresentationPredictsAccuracy());
}

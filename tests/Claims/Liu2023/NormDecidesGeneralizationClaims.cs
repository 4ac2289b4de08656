using Grokking.Claims.Liu2023;

namespace Grokking.Tests.Claims.Liu2023;

[Trait("Category", "Claims")]
public sealed class NormDecidesGeneralizationClaims : ClaimTest
{
    [Fact]
    public Task Validation_loss_over_the_held_norm_is_a_U_and_training_loss_an_L() => HoldsAsApproved(new NormDecidesGeneralization());
}

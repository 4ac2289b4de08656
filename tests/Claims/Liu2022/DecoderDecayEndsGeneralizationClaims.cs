using Grokking.Claims.Liu2022;

namespace Grokking.Tests.Claims.Liu2022;

[Trait("Category", "Claims")]
public sealed class DecoderDecayEndsGeneralizationClaims : ClaimTest
{
    [Fact]
    public Task Too_much_decay_of_the_decoder_ends_generalisation() => HoldsAsApproved(new DecoderDecayEndsGeneralization());
}

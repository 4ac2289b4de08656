using Grokking.Claims.Liu2022;

namespace Grokking.Tests.Claims.Liu2022;

[Trait("Category", "Claims")]
public sealed class RepresentationMustOutpaceDecoderClaims : ClaimTest
{
    [Fact]
    public Task Fast_embeddings_generalise_and_a_fast_decoder_memorises() => HoldsAsApproved(new RepresentationMustOutpaceDecoder());
}

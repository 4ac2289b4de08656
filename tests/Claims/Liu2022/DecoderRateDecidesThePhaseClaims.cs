using Grokking.Claims.Liu2022;

namespace Grokking.Tests.Claims.Liu2022;

[Trait("Category", "Claims")]
public sealed class DecoderRateDecidesThePhaseClaims : ClaimTest
{
    [Fact]
    public Task A_slow_decoder_generalises_and_a_fast_one_memorises() => HoldsAsApproved(new DecoderRateDecidesThePhase());
}

using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.Liu2022.TypedPhases;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class DecoderRateDecidesThePhaseTests
{
    // Ten runs each. 6 beside 0 has the probability C(10, 6)/C(20, 6) = 0.005 by chance, 5 beside 0 has C(10, 5)/C(20, 5) = 0.016.
    [Theory]
    [InlineData(6, 0, -1)]
    [InlineData(5, 0, 1)]
    [InlineData(10, 4, -1)]
    [InlineData(10, 5, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(0, 10, 1)]
    public void More_seeds_generalise_with_the_slow_decoder_than_chance_allows(int slow, int fast, int failing) =>
        AssertOnlyFails(failing, DecoderRateDecidesThePhase.Judge(Runs(fit: 10, generalize: slow), Runs(fit: 10, generalize: fast)));

    [Fact]
    public void Every_seed_of_the_fast_decoder_memorises() =>
        AssertOnlyFails(0, DecoderRateDecidesThePhase.Judge(Runs(fit: 10, generalize: 10), Runs(fit: 9, generalize: 0)));

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, 0)]
    public void No_seed_of_the_slowest_decoder_fits(int fit, int failing) =>
        AssertOnlyFails(failing, DecoderRateDecidesThePhase.JudgeConfusion(Runs(fit, generalize: 0)));

    [Fact]
    public void The_verdict_refuses_decoders_in_each_others_place()
    {
        TrainedGroup slowest = Runs(fit: 0, generalize: 0), slow = Runs(fit: 10, generalize: 8), fast = Runs(fit: 10, generalize: 0);
        bool Holds(params TrainedGroup[] groups) => new DecoderRateDecidesThePhase().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(slowest, slow, fast));
        Assert.False(Holds(slow, slowest, fast));
        Assert.False(Holds(slowest, fast, slow));
        Assert.False(Holds(slowest, Runs(fit: 0, generalize: 8), fast));
    }
}

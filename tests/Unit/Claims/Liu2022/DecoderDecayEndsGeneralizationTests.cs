using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.Liu2022.TypedPhases;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class DecoderDecayEndsGeneralizationTests
{
    [Theory]
    [InlineData(6, 0, -1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 1)]
    public void Most_seeds_generalise_without_decay_and_none_with_too_much(int none, int tooMuch, int failing) => AssertOnlyFails(
        failing, DecoderDecayEndsGeneralization.Judge(Runs(fit: 10, none), Runs(fit: 10, none, at: 800), Runs(fit: 10, tooMuch)));

    [Theory]
    [InlineData(101, -1)]
    [InlineData(100, 0)]
    [InlineData(99, 0)]
    public void Some_decay_makes_the_median_seed_later(int at, int failing) => AssertOnlyFails(
        failing, DecoderDecayEndsGeneralization.Judge(Runs(fit: 10, generalize: 10), Runs(fit: 10, generalize: 10, at), Runs(fit: 10, generalize: 0)));

    [Fact]
    public void Where_no_seed_generalises_with_some_decay_they_are_all_later() => AssertOnlyFails(
        -1, DecoderDecayEndsGeneralization.Judge(Runs(fit: 10, generalize: 10), Runs(fit: 10, generalize: 0, at: 900), Runs(fit: 10, generalize: 0)));

    [Fact]
    public void The_verdict_refuses_decays_in_each_others_place()
    {
        TrainedGroup none = Runs(fit: 10, generalize: 9), some = Runs(fit: 10, generalize: 8, at: 300), tooMuch = Runs(fit: 10, generalize: 0, at: 900);
        bool Holds(params TrainedGroup[] groups) => new DecoderDecayEndsGeneralization().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(none, some, tooMuch));
        Assert.False(Holds(some, none, tooMuch));
        Assert.False(Holds(tooMuch, some, none));
        Assert.False(Holds(none, some, some));
    }
}

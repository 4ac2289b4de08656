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
    [InlineData(9, 1, 1)]
    public void Seeds_generalise_without_decay_and_none_with_too_much(int none, int tooMuch, int failing) =>
        AssertOnlyFails(failing, DecoderDecayEndsGeneralization.Judge(Runs(fit: 10, none), Runs(fit: 10, tooMuch)));

    [Theory]
    [InlineData(0.25, -1)]
    [InlineData(0.24, 2)]
    public void Every_seed_with_too_much_decay_learns_something(double train, int failing) =>
        AssertOnlyFails(failing, DecoderDecayEndsGeneralization.Judge(Runs(fit: 10, generalize: 6), new("too much", [.. Enumerable.Repeat(Accuracies((100, train, 0)), 10)])));

    // Table 1 of the paper: a run that does not fit is confused, whatever its validation accuracy.
    [Fact]
    public void A_run_that_does_not_fit_does_not_generalise() =>
        AssertOnlyFails(0, DecoderDecayEndsGeneralization.Judge(Runs(fit: 5, generalize: 10), Runs(fit: 10, generalize: 0)));

    [Fact]
    public void The_verdict_refuses_decays_in_each_others_place()
    {
        TrainedGroup none = Runs(fit: 10, generalize: 9), some = Runs(fit: 10, generalize: 8, at: 300), tooMuch = Runs(fit: 10, generalize: 0, at: 900);
        bool Holds(params TrainedGroup[] groups) => new DecoderDecayEndsGeneralization().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(none, some, tooMuch));
        Assert.False(Holds(tooMuch, some, none));
        Assert.False(Holds(none, tooMuch, some));
        Assert.False(Holds(none, tooMuch, tooMuch));
        Assert.False(Holds(none, some, new("diverged", [.. Enumerable.Repeat(Diverged, 10)])));
    }
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class WeightDecayHelpsMostTests
{
    private const int Budget = 3000;

    private static readonly TrainedGroup Decay = Group("decay", Budget, 900, 1000, 1100);
    private static readonly TrainedGroup Never = Group("never", Budget, -1, -1, -1);

    [Theory]
    [InlineData(1200, true)]
    [InlineData(1199, false)]
    [InlineData(1000, false)]
    [InlineData(500, false)]
    public void The_others_have_to_take_a_fifth_longer(int median, bool holds) =>
        AssertOnlyFails(holds ? -1 : 1, WeightDecayHelpsMost.Judge(Decay, [Group("other", Budget, median, median - 10, median + 10), Never]));

    [Fact]
    public void A_favoured_run_that_never_generalises_is_refused() =>
        AssertOnlyFails(0, WeightDecayHelpsMost.Judge(Group("decay", Budget, 900, 1000, -1), [Never, Never]));

    [Theory]
    [InlineData(3000, true)]
    [InlineData(3001, false)]
    public void A_favoured_run_has_to_generalise_within_the_budget_of_the_others(int slowest, bool holds) =>
        Assert.Equal(holds, WeightDecayHelpsMost.Judge(Group("decay", 2 * Budget, 900, 1000, slowest), [Never])[0].Holds);

    // 2,600 of 3,000 steps: the others may be only 1.15 times later for all that was seen.
    [Fact]
    public void An_intervention_that_never_generalises_counts_as_no_later_than_the_budget() =>
        AssertOnlyFails(1, WeightDecayHelpsMost.Judge(Group("decay", Budget, 2500, 2600, 2700), [Never]));

    [Fact]
    public void The_quick_verdict_needs_both_models_and_refuses_Adam_in_the_place_of_decay()
    {
        WeightDecayHelpsMost claim = new();
        IReadOnlyList<RunGroup> groups = claim.Groups(Tier.Quick);

        Assert.True(claim.Judge(Tier.Quick, Curves(groups, slow: 2000, exception: -1)).Holds);

        // Any one group as fast as decay is one too many.
        int[] others = [1, 3, groups.Count - 1];
        Assert.All(others, other => Assert.False(claim.Judge(Tier.Quick, Curves(groups, slow: 2000, exception: other)).Holds));
    }

    [Fact]
    public void The_quick_verdict_refuses_decay_to_the_initialisation_that_is_ahead_too()
    {
        WeightDecayHelpsMost claim = new();
        IReadOnlyList<RunGroup> groups = claim.Groups(Tier.Quick);

        Assert.EndsWith("decay to the initialisation", groups[^1].Name, StringComparison.Ordinal);
        Assert.EndsWith(
            "decay to the initialisation in the place of decay to the origin must fail",
            Assert.Single(claim.Judge(Tier.Quick, Curves(groups, slow: 2000, exception: groups.Count - 1)).Evidence, finding => !finding.Holds).Statement,
            StringComparison.Ordinal);
    }

    // They are behind because they did not train at all.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void The_quick_verdict_refuses_others_that_never_memorised(int place)
    {
        WeightDecayHelpsMost claim = new();
        TrainedGroup[] groups = [.. Groups(claim, Tier.Quick, Curves(claim.Groups(Tier.Quick), slow: 2000, exception: -1))];
        groups[place] = groups[place] with { Curves = [.. groups[place].Curves.Select(_ => Curve(memorized: null, generalized: null, budget: Budget))] };

        Assert.False(claim.Judge(Tier.Quick, groups).Holds);
    }

    private static LearningCurve[] Curves(IReadOnlyList<RunGroup> groups, int slow, int exception) =>
    [
        .. groups.SelectMany((group, i) =>
            Enumerable.Repeat(Curve(100, i is 0 or 2 || i == exception ? 1000 : slow, budget: Budget), group.Experiments.Count)),
    ];
}

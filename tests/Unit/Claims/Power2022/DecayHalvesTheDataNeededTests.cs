using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Configuration;
using Grokking.Training;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class DecayHalvesTheDataNeededTests
{
    [Theory]
    [InlineData(0.85, true)]
    [InlineData(0.84, false)]
    public void Little_data_has_to_be_enough_with_decay_for_every_seed(double val, bool holds) =>
        Assert.Equal(holds, DecayHalvesTheDataNeeded.JudgeEnough(Best(0.99, val)).Holds);

    [Theory]
    [InlineData(0.84, true)]
    [InlineData(0.85, false)]
    public void Much_data_has_to_be_too_little_without_for_most_seeds(double val, bool holds) =>
        Assert.Equal(holds, DecayHalvesTheDataNeeded.JudgeTooLittle(Best(0.2, val, 0.99)).Holds);

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.94, false)]
    public void What_has_not_memorised_has_not_had_too_little(double train, bool holds) =>
        Assert.Equal(holds, DecayHalvesTheDataNeeded.JudgeTooLittle(new("slow", [Accuracies((1000, train, 0.3))])).Holds);

    [Fact]
    public void The_same_seeds_have_to_memorise_and_not_to_generalise() =>
        Assert.False(DecayHalvesTheDataNeeded.JudgeTooLittle(
            new("apart", [Accuracies((1000, 1, 0.3)), Accuracies((1000, 0.5, 0.3)), Accuracies((1000, 1, 0.9))])).Holds);

    [Fact]
    public void Two_of_three_interventions_are_most_of_them()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);

        Assert.True(DecayHalvesTheDataNeeded.JudgeMost([tooLittle, enough, tooLittle]).Holds);
        Assert.False(DecayHalvesTheDataNeeded.JudgeMost([enough, enough, tooLittle]).Holds);
    }

    [Fact]
    public void The_verdict_needs_all_three()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);
        Verdict Judge(params TrainedGroup[] groups) => new DecayHalvesTheDataNeeded().Judge(Tier.Quick, [.. groups, enough]);

        Assert.True(Judge(enough, tooLittle, tooLittle, tooLittle, enough, tooLittle, enough, tooLittle).Holds);
        Assert.False(Judge(enough, tooLittle, tooLittle, enough, enough, enough, tooLittle, tooLittle).Holds);
        Assert.False(Judge(enough, enough, tooLittle, tooLittle, tooLittle, tooLittle, tooLittle, tooLittle).Holds);
        Assert.False(Judge(tooLittle, tooLittle, tooLittle, tooLittle, tooLittle, tooLittle, tooLittle, tooLittle).Holds);
    }

    [Fact]
    public void What_is_enough_without_decay_must_not_be_judged_too_little()
    {
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.3);
        TrainedGroup[] groups = [enough, .. Enumerable.Repeat(tooLittle, 7)];

        Assert.True(new DecayHalvesTheDataNeeded().Judge(Tier.Quick, [.. groups, enough]).Holds);
        Assert.False(new DecayHalvesTheDataNeeded().Judge(Tier.Quick, [.. groups, tooLittle]).Holds);
        Assert.True(new DecayHalvesTheDataNeeded().Judge(Tier.Paper, groups).Holds);
    }

    [Theory]
    [InlineData(Tier.Quick, new[] { 5, 3, 1, 1, 2, 2, 2, 2 })]
    [InlineData(Tier.Paper, new[] { 3, 3, 3, 3, 3, 3, 3, 3 })]
    public void Every_intervention_without_decay_is_tried_on_twice_the_data(Tier tier, int[] seeds)
    {
        IReadOnlyList<RunGroup> groups = [.. new DecayHalvesTheDataNeeded().Groups(tier).Take(8)];
        Experiment[] first = [.. groups.Select(group => group.Experiments[0])];

        Assert.Equal(seeds, groups.Select(group => group.Experiments.Count));
        Assert.All(first.Skip(1), other => Assert.Equal(2 * first[0].TrainFraction, other.TrainFraction));
        Assert.Equal(
            Interventions.Of(first[0] with { TrainFraction = 2 * first[0].TrainFraction }).Skip(2).Select(intervention => intervention.Experiment),
            first.Skip(1));
    }
}

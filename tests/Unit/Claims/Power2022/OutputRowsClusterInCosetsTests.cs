using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class OutputRowsClusterInCosetsTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(2.9, false)]
    public void Every_seed_has_to_show_the_cosets_of_a_small_subgroup(double score, bool holds) =>
        Assert.Equal(holds, OutputRowsClusterInCosets.Judge(Cosets(score, 0.005)).Holds);

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0.015, false)]
    public void Chance_has_to_be_ruled_out(double chance, bool holds) =>
        Assert.Equal(holds, OutputRowsClusterInCosets.JudgeChance(Cosets(12, chance)).Holds);

    [Fact]
    public void The_verdict_refuses_models_that_only_memorised()
    {
        Assert.True(Holds(Cosets(12, 0.005), Memorized(2)));
        Assert.False(Holds(Cosets(12, 0.005), Memorized(12)));
        Assert.False(Holds(Cosets(2, 0.005), Memorized(2)));
        Assert.False(Holds(Cosets(12, 0.005), Cosets(2, 0.005)));

        static bool Holds(params TrainedGroup[] groups) => new OutputRowsClusterInCosets().Judge(Tier.Quick, groups).Holds;
    }

    [Theory]
    [InlineData(0.9, 0.9, 0.1, -1)]
    [InlineData(0.89, 0.9, 0.1, 0)]
    [InlineData(0.99, 0.89, 0.1, 1)]
    [InlineData(0.99, 0.9, 0.11, 2)]
    public void The_groups_have_to_have_learnt_what_their_names_say(double grokked, double train, double val, int failing) => AssertOnlyFails(
        failing,
        OutputRowsClusterInCosets.JudgeLearning(
            new("grokked", [Curve(100, 1000), Accuracies((1000, 1, grokked)), Accuracies((1000, 1, 0.2))]),
            new("memorised", [Accuracies((1000, 1, 0)), Accuracies((1000, train, val))])));

    private static TrainedGroup Memorized(double score) =>
        Cosets(score, 0.005) with { Curves = [Curve(100, null), Curve(100, null)] };

    private static TrainedGroup Cosets(double score, double chance) => new("rows", [Curve(100, 1000), Curve(100, 1000)])
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
        {
            [OutputRowStatistics.SubgroupOrder.Name] = [4, 12],
            [OutputRowStatistics.CosetScore.Name] = [12, score],
            [OutputRowStatistics.CosetPValue.Name] = [0.005, chance],
        },
    };
}

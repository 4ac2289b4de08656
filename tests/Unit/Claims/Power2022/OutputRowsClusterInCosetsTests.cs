using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class OutputRowsClusterInCosetsTests
{
    [Theory]
    [InlineData(24, 0.01, -1)]
    [InlineData(60, 0.01, 0)]
    [InlineData(24, 0.015, 1)]
    public void Each_bound_is_held_for_itself(double order, double chance, int failing) =>
        AssertOnlyFails(failing, OutputRowsClusterInCosets.Judge(Cosets(order, chance)));

    [Fact]
    public void The_verdict_refuses_models_that_know_even_from_odd_alone()
    {
        Assert.True(Holds(Cosets(12, 0.005), Memorized(60)));
        Assert.False(Holds(Cosets(12, 0.005), Memorized(12)));
        Assert.False(Holds(Cosets(60, 0.005), Memorized(60)));
        Assert.False(Holds(Cosets(12, 0.005), Cosets(60, 0.005)));

        static bool Holds(params TrainedGroup[] groups) => new OutputRowsClusterInCosets().Judge(Tier.Quick, groups).Holds;
    }

    [Theory]
    [InlineData(0.99, 0.9, 0.1, -1)]
    [InlineData(0.98, 0.9, 0.1, 0)]
    [InlineData(0.99, 0.89, 0.1, 1)]
    [InlineData(0.99, 0.9, 0.11, 2)]
    public void The_groups_have_to_have_learnt_what_their_names_say(double grokked, double train, double val, int failing) => AssertOnlyFails(
        failing,
        OutputRowsClusterInCosets.JudgeLearning(
            new("grokked", [Curve(100, 1000), Accuracies((1000, 1, grokked))]),
            new("memorised", [Accuracies((1000, 1, 0)), Accuracies((1000, train, val))])));

    private static TrainedGroup Memorized(double order) =>
        Cosets(order, 0.005) with { Curves = [Curve(100, null), Curve(100, null)] };

    private static TrainedGroup Cosets(double order, double chance) => new("rows", [Curve(100, 1000), Curve(100, 1000)])
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
        {
            [OutputRowStatistics.SubgroupOrder.Name] = [4, order],
            [OutputRowStatistics.CosetPValue.Name] = [0.005, chance],
        },
    };
}

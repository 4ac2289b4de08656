using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class OutputRowsLieOnCirclesTests
{
    private static readonly TrainedGroup Undecayed = Rows(0.4, 0.3);

    [Theory]
    [InlineData(0.6, 0.4, -1)]
    [InlineData(0.59, 0.4, 1)]
    [InlineData(0.6, 0.39, 2)]
    public void Each_bound_is_held_for_itself(double share, double adjacency, int failing) =>
        AssertOnlyFails(failing, OutputRowsLieOnCircles.Judge(Rows(share, adjacency), Undecayed));

    [Theory]
    [InlineData(0.6, 0.4, 0.6, 0.1, -1)]
    [InlineData(0.59, 0.5, 0.59, 0.5, 0)]
    [InlineData(0.7, 0.5, 0.4, 0.5, 1)]
    [InlineData(0.6, 0.39, 0.6, 0.39, 2)]
    public void Of_x_plus_y_the_median_is_judged_and_every_seed_beside_those_without_decay(
        double share, double adjacency, double worstShare, double worstAdjacency, int failing) =>
        AssertOnlyFails(failing, OutputRowsLieOnCircles.JudgeMedians(Rows((share, adjacency), (share, adjacency), (worstShare, worstAdjacency)), Undecayed));

    [Fact]
    public void Decay_has_to_make_it_clearer() => AssertOnlyFails(3, OutputRowsLieOnCircles.Judge(Rows(0.9, 0.9), Rows(0.76, 0.9)));

    [Fact]
    public void A_model_that_has_not_generalised_is_refused() => AssertOnlyFails(
        0, OutputRowsLieOnCircles.Judge(Rows(0.9, 0.9) with { Curves = [Curve(100, 1000), Accuracies((1000, 1, 0.89))] }, Undecayed));

    [Fact]
    public void The_verdict_refuses_models_without_decay_that_have_the_same_structure()
    {
        TrainedGroup decayed = Rows(0.9, 0.9);

        Assert.True(Holds(decayed, Undecayed, decayed, Undecayed));
        Assert.False(Holds(Undecayed, Undecayed, decayed, Undecayed));
        Assert.False(Holds(decayed, Rows(0.7, 0.9), decayed, Undecayed));
        Assert.False(Holds(decayed, Undecayed, Undecayed, Undecayed));
        Assert.False(Holds(decayed, Undecayed, Undecayed, decayed));

        static bool Holds(params TrainedGroup[] groups) => new OutputRowsLieOnCircles().Judge(Tier.Quick, groups).Holds;
    }

    private static TrainedGroup Rows(double share, double adjacency) => Rows((share, adjacency), (share, adjacency));

    private static TrainedGroup Rows(params (double Share, double Adjacency)[] runs) => new("rows", [.. runs.Select(_ => Curve(100, 1000))])
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
        {
            [OutputRowStatistics.FourierShare.Name] = [.. runs.Select(run => run.Share)],
            [OutputRowStatistics.NumberLineAdjacency.Name] = [.. runs.Select(run => run.Adjacency)],
        },
    };
}

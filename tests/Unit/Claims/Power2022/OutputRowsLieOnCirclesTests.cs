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

    [Fact]
    public void Decay_has_to_make_it_clearer() => AssertOnlyFails(3, OutputRowsLieOnCircles.Judge(Rows(0.9, 0.9), Rows(0.76, 0.9)));

    [Fact]
    public void A_model_that_has_not_generalised_is_refused() => AssertOnlyFails(
        0, OutputRowsLieOnCircles.Judge(Rows(0.9, 0.9) with { Curves = [Curve(100, 1000), Accuracies((1000, 1, 0.89))] }, Undecayed));

    [Fact]
    public void The_verdict_refuses_models_without_decay_that_have_the_same_structure()
    {
        Assert.True(new OutputRowsLieOnCircles().Judge(Tier.Quick, [Rows(0.9, 0.9), Undecayed]).Holds);
        Assert.False(new OutputRowsLieOnCircles().Judge(Tier.Quick, [Undecayed, Undecayed]).Holds);
        Assert.False(new OutputRowsLieOnCircles().Judge(Tier.Quick, [Rows(0.9, 0.9), Rows(0.7, 0.9)]).Holds);
    }

    private static TrainedGroup Rows(double share, double adjacency) => new("rows", [Curve(100, 1000), Curve(100, 1000)])
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
        {
            [OutputRowStatistics.FourierShare.Name] = [share, share],
            [OutputRowStatistics.NumberLineAdjacency.Name] = [adjacency, adjacency],
        },
    };
}

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
        Assert.True(new OutputRowsClusterInCosets().Judge(Tier.Quick, [Cosets(12, 0.005), Cosets(60, 0.005)]).Holds);
        Assert.False(new OutputRowsClusterInCosets().Judge(Tier.Quick, [Cosets(12, 0.005), Cosets(12, 0.005)]).Holds);
        Assert.False(new OutputRowsClusterInCosets().Judge(Tier.Quick, [Cosets(60, 0.005), Cosets(60, 0.005)]).Holds);
    }

    private static TrainedGroup Cosets(double order, double chance) => new("rows", [Curve(100, 1000), Curve(100, 1000)])
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
        {
            [OutputRowStatistics.SubgroupOrder.Name] = [4, order],
            [OutputRowStatistics.CosetPValue.Name] = [0.005, chance],
        },
    };
}

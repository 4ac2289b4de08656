using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class LinearRepresentationNeedsDataTests
{
    // 24 runs each. 7 beside 0 has the probability C(24, 7)/C(48, 7) = 0.005 by chance, 6 beside 0 has C(24, 6)/C(48, 6) = 0.011.
    [Theory]
    [InlineData(0, 7, 0.99, -1)]
    [InlineData(2, 24, 0.99, -1)]
    [InlineData(3, 24, 0.99, 0)]
    [InlineData(0, 6, 0.99, 1)]
    [InlineData(0, 7, 0.98, 2)]
    public void Each_bound_is_held_for_itself(int few, int many, double correlation, int failing) =>
        AssertOnlyFails(failing, LinearRepresentationNeedsData.Judge(Runs(few, 0.99), Runs(many, correlation)));

    [Fact]
    public void Runs_without_any_linear_representation_show_nothing()
    {
        IReadOnlyList<Finding> findings = LinearRepresentationNeedsData.Judge(Runs(0, 0.99), Runs(0, 0.99));

        Assert.Equal([true, false, false, true], findings.Select(finding => finding.Holds));
    }

    [Theory]
    [InlineData(0.8, -1)]
    [InlineData(0.79, 3)]
    public void Every_run_on_few_pairs_fits_most_of_them(double train, int failing) => AssertOnlyFails(
        failing,
        LinearRepresentationNeedsData.Judge(
            Runs(0, 0.99) with { Curves = [.. Enumerable.Repeat(Accuracies((3000, train, 0)), 24)] }, Runs(7, 0.99)));

    [Fact]
    public void The_verdict_refuses_few_pairs_in_the_place_of_many()
    {
        TrainedGroup few = Runs(0, 1), many = Runs(12, 1);
        bool Holds(params TrainedGroup[] groups) => new LinearRepresentationNeedsData().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(few, many));
        Assert.False(Holds(many, few));
        Assert.False(Holds(few, few));
        Assert.False(Holds(many, many));
        Assert.False(Holds(few with { Curves = [.. Enumerable.Repeat(Diverged, 24)] }, many));
    }

    // 24 runs. The first few have the least quality that is linear, the very first of them this correlation; the others are just below and in no order.
    private static TrainedGroup Runs(int linear, double correlation)
    {
        int[] runs = [.. Enumerable.Range(0, 24)];
        return new TrainedGroup("runs", [.. runs.Select(_ => Curve(100, null))])
            .With(ToyAddition.Quality.Name, [.. runs.Select(run => run < linear ? 0.95 : 0.94)])
            .With(ToyAddition.Correlation.Name, [correlation, .. runs.Skip(1).Select(run => run < linear ? 1 : 0.3)]);
    }
}

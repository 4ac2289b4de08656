using Grokking.Claims;
using Grokking.Claims.Liu2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2023;

[Trait("Category", "Unit")]
public sealed class NormDecidesGeneralizationTests
{
    private static readonly double[] s_scales = [0.1, 1, 10];

    [Theory]
    [InlineData(1e-4, 1000, -1)]
    [InlineData(1.1e-4, 1000, 0)]
    [InlineData(1e-4, 999, 2)]
    public void Every_seed_is_held_to_each_bound(double train, double rise, int failing) =>
        AssertOnlyFails(failing, NormDecidesGeneralization.Judge(s_scales, [[0.1, 0.2], [0, train], [0, 0]], [[1.1, 10], [1e-3, 1], [1e3, rise]]));

    [Theory]
    [InlineData(0.39, 1)]
    [InlineData(0.4, -1)]
    [InlineData(1.6, -1)]
    [InlineData(1.61, 1)]
    public void The_least_validation_loss_is_near_the_start_as_drawn(double best, int failing) =>
        AssertOnlyFails(failing, NormDecidesGeneralization.Judge([0.1, best, 10], [[0.1], [0], [0]], [[0.1], [1e-4], [10]]));

    [Theory]
    [InlineData(1e-3, 10, -1)]
    [InlineData(0.9e-3, 10, 3)]
    [InlineData(1e-3, 9, 4)]
    public void Both_losses_are_high_at_the_smallest_norm(double train, double val, int failing) =>
        AssertOnlyFails(failing, NormDecidesGeneralization.Judge(s_scales, [[0.1, train], [0, 0], [0, 0]], [[10, val], [1, 1], [1e3, 1e3]]));

    [Fact]
    public void The_verdict_refuses_losses_that_do_not_depend_on_the_norm()
    {
        int groups = new NormDecidesGeneralization().Groups(Tier.Quick).Count;
        TrainedGroup[] shaped = [.. Enumerable.Range(0, groups).Select(i => At(train: i < 3 ? 0.1 : 1e-6, val: i == 3 ? 1e-4 : 1 + i))];
        TrainedGroup[] flat = [.. Enumerable.Range(0, groups).Select(_ => At(train: 1e-6, val: 1e-4))];

        Assert.True(new NormDecidesGeneralization().Judge(Tier.Quick, shaped).Holds);
        Assert.False(new NormDecidesGeneralization().Judge(Tier.Quick, flat).Holds);
    }

    private static TrainedGroup At(double train, double val)
    {
        LearningCurve curve = Accuracies((100, 1, 1));
        return new TrainedGroup("norm", [curve with { Points = [.. curve.Points.SkipLast(1), curve.Final with { TrainLoss = train, ValLoss = val }] }]);
    }
}

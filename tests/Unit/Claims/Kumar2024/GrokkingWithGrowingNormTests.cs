using Grokking.Claims;
using Grokking.Claims.Kumar2024;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Kumar2024;

[Trait("Category", "Unit")]
public sealed class GrokkingWithGrowingNormTests
{
    [Theory]
    [InlineData(0.95, 1.5, -1)]
    [InlineData(0.94, 1.5, 0)]
    [InlineData(0.95, 1.49, 2)]
    public void Every_seed_is_held_to_each_bound(double val, double growth, int failing) =>
        AssertOnlyFails(failing, Judge(Run(), Run(), Run(val: val, growth: growth)));

    [Theory]
    [InlineData(1300, 1001, -1)]
    [InlineData(1299, 2999, 1)]
    public void The_median_run_generalises_three_tenths_later_than_it_memorises(int median, int other, int failing) =>
        AssertOnlyFails(failing, Judge(Run(median), Run(median), Run(other)));

    [Fact]
    public void The_verdict_refuses_an_operation_that_never_generalises()
    {
        TrainedGroup grokked = new("grokked", [Run()]), never = new("never", [Run(val: 0.1)]);
        bool Holds(params TrainedGroup[] groups) => new GrokkingWithGrowingNorm().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(grokked, never));
        Assert.False(Holds(never, grokked));
        Assert.False(Holds(grokked, grokked));
        Assert.False(Holds(never, never));
    }

    private static IReadOnlyList<Finding> Judge(params LearningCurve[] curves) => GrokkingWithGrowingNorm.Judge(new("runs", curves));

    // Memorises at step 1000; its validation accuracy comes later, and its norm is that of the start times its growth at the end.
    private static LearningCurve Run(int generalized = 1300, double val = 0.95, double growth = 1.5)
    {
        LearningCurve curve = Accuracies((1000, 0.95, 0.5), (generalized, 1, val), (3000, 1, val));
        return curve with { Points = [.. curve.Points.SkipLast(1), curve.Final with { WeightNorm = growth * curve.Points[0].WeightNorm }] };
    }
}

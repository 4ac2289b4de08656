using Grokking.Claims;
using Grokking.Claims.Kumar2024;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Kumar2024;

[Trait("Category", "Unit")]
public sealed class GrokkingWithGrowingNormTests
{
    [Theory]
    [InlineData(1.1, -1)]
    [InlineData(1.09, 2)]
    public void Every_seed_s_norm_grows_from_memorising_to_generalising(double growth, int failing) =>
        AssertOnlyFails(failing, Judge(Run(), Run(), Run(growth: growth)));

    // Such a run has no norm at which it generalises either.
    [Fact]
    public void Every_seed_has_to_generalise() =>
        Assert.Equal([false, true, false], Judge(Run(), Run(), Run(val: 0.94)).Select(finding => finding.Holds));

    // A norm that jumps while a network memorises and then falls.
    [Fact]
    public void A_norm_that_has_grown_before_is_refused() => AssertOnlyFails(2, Judge(Run(growth: 0.9)));

    [Theory]
    [InlineData(1300, 1001, -1)]
    [InlineData(1299, 2999, 1)]
    public void The_median_run_generalises_three_tenths_later_than_it_memorises(int median, int other, int failing) =>
        AssertOnlyFails(failing, Judge(Run(median), Run(median), Run(other)));

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.94, false)]
    public void Every_seed_of_the_control_memorises(double train, bool holds) =>
        Assert.Equal(holds, GrokkingWithGrowingNorm.JudgeMemorizing(new("never", [Run(val: 0.1), Accuracies((3000, train, 0.1))])).Holds);

    [Fact]
    public void The_verdict_refuses_an_operation_that_never_generalises()
    {
        TrainedGroup grokked = new("grokked", [Run()]), never = new("never", [Run(val: 0.1)]);
        bool Holds(params TrainedGroup[] groups) => new GrokkingWithGrowingNorm().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(grokked, never));
        Assert.False(Holds(never, grokked));
        Assert.False(Holds(grokked, grokked));
        Assert.False(Holds(never, never));
        Assert.False(Holds(grokked, new("diverged", [Diverged])));
    }

    private static IReadOnlyList<Finding> Judge(params LearningCurve[] curves) => GrokkingWithGrowingNorm.Judge(new("runs", curves));

    // Memorises at step 1000 with twice the norm of the start; its validation accuracy comes later, when the norm has grown by a factor.
    private static LearningCurve Run(int generalized = 1300, double val = 0.95, double growth = 1.1)
    {
        LearningCurve curve = Accuracies((1000, 0.95, 0.5), (generalized, 1, val), (3000, 1, val));
        double[] growths = [1, 2, 2 * growth, 2 * growth];
        return curve with { Points = [.. curve.Points.Zip(growths, (point, times) => point with { WeightNorm = times * point.WeightNorm })] };
    }
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class SymmetricOperationsNeedLessTests
{
    private static readonly TrainedGroup Symmetric = Group("symmetric", 2000, 1000, 1000, 1000);

    // The chance that five of ten times are the five least is 1/252.
    [Theory]
    [InlineData(1100, 1100, true)]
    [InlineData(-1, -1, true)]
    [InlineData(1100, 900, false)]
    [InlineData(1000, 1000, false)]
    public void The_relatives_have_to_take_longer(int one, int other, bool holds) => Assert.Equal(
        holds,
        SymmetricOperationsNeedLess.JudgeSteps(
            [Group("symmetric", 2000, 1000, 1000, 1000), Group("symmetric", 2000, 1000, 1000)],
            [Group("relative", 8000, one, one, one), Group("relative", 8000, other, other)]).Holds);

    // That four of eight are the four least, 1/70.
    [Fact]
    public void A_lead_that_chance_gives_now_and_then_is_refused() =>
        Assert.False(SymmetricOperationsNeedLess.JudgeSteps([Group("symmetric", 2000, 1000, 1001, 1002, 1003)], [Group("relative", 8000, 1100, 1101, 1102, 1103)]).Holds);

    [Theory]
    [InlineData(0.78, true)]
    [InlineData(0.8, false)]
    public void Every_seed_has_to_lead_the_relatives_median_by_twenty_points(double median, bool holds) =>
        Assert.Equal(holds, SymmetricOperationsNeedLess.JudgeAccuracy(Symmetric, Best(0.1, median, 0.99)).Holds);

    [Theory]
    [InlineData(0.71, 0.5, true)]
    [InlineData(0.69, 0.5, false)]
    public void Where_no_mirror_trains_the_medians_have_to_be_twenty_points_apart(double symmetric, double relative, bool holds)
    {
        TrainedGroup mirrored = Best(0.9, 0.9, 0.9);
        mirrored = mirrored with
        {
            Curves = [.. mirrored.Curves.Zip([0.05, symmetric, 0.8], (curve, best) => curve with
            {
                Points = [.. curve.Points.Select(point => point with { MirrorFreeValAccuracy = best })],
            })],
        };

        Assert.Equal(holds, SymmetricOperationsNeedLess.JudgeMirrorFreeAccuracy(mirrored, Best(0.1, relative, 0.8)).Holds);
    }

    // A curve that ends at 99 % on all validation equations and has learnt nothing but symmetry.
    [Fact]
    public void Symmetry_alone_is_not_enough()
    {
        LearningCurve grokked = Curve(100, 1000);
        LearningCurve mirrored = grokked with { Points = [.. grokked.Points.SkipLast(1), grokked.Final with { MirrorFreeValAccuracy = 0.05 }] };

        Assert.True(SymmetricOperationsNeedLess.JudgeBeyondSymmetry(new("grokked", [grokked, grokked])).Holds);
        Assert.False(SymmetricOperationsNeedLess.JudgeBeyondSymmetry(new("mirrored", [grokked, mirrored])).Holds);
    }

    [Fact]
    public void The_verdict_needs_all_three_pairs()
    {
        TrainedGroup late = Group("late", 8000, 1600, 1600, 1600), never = Group("never", 2000, -1);
        Verdict Judge(params TrainedGroup[] groups) => new SymmetricOperationsNeedLess().Judge(Tier.Quick, groups);

        Assert.True(Judge(Symmetric, late, Symmetric, late, Symmetric, never).Holds);
        Assert.False(Judge(late, Symmetric, Symmetric, late, Symmetric, never).Holds);
        Assert.False(Judge(Symmetric, late, late, Symmetric, Symmetric, never).Holds);
        Assert.False(Judge(Symmetric, late, Symmetric, late, never, Symmetric).Holds);
        Assert.False(Judge(Symmetric, late, Symmetric, late, MirrorAlone(Symmetric), never).Holds);
    }

    private static TrainedGroup MirrorAlone(TrainedGroup group) => group with
    {
        Curves = [.. group.Curves.Select(curve => curve with { Points = [.. curve.Points.Select(point => point with { MirrorFreeValAccuracy = 0.05 })] })],
    };
}

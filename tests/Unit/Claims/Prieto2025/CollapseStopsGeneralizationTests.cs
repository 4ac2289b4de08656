using Grokking.Claims;
using Grokking.Claims.Prieto2025;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Prieto2025;

[Trait("Category", "Unit")]
public sealed class CollapseStopsGeneralizationTests
{
    private const int Stall = 2800;

    [Theory]
    [InlineData(0.29, 0.3, 0.29, -1)]
    [InlineData(0.3, 0.3, 0.29, 0)]
    [InlineData(0.29, 0.29, 0.29, 1)]
    [InlineData(0.29, 0.3, 0.31, 2)]
    public void Every_seed_is_held_to_each_bound(double collapsedEarly, double collapsedLate, double end, int failing) => AssertOnlyFails(
        failing, CollapseStopsGeneralization.Judge(Collapsed(0, collapsedEarly), Collapsed(0.9, collapsedLate), To(end), Stall));

    [Theory]
    [InlineData(0.99, 0.99, -1)]
    [InlineData(0.98, 0.99, 3)]
    [InlineData(0.99, 0.98, 4)]
    public void Every_seed_in_float_memorises(double early, double end, int failing) => AssertOnlyFails(
        failing,
        CollapseStopsGeneralization.Judge(
            Collapsed(0.1) with { Curves = [Accuracies((1200, early, 0.1))] },
            Collapsed(0.6),
            new("runs", [To(0.29).Curves[0], Accuracies((Stall, end, 0.25), (5000, end, 0.25))]),
            Stall));

    [Theory]
    [InlineData(0.36, -1)]
    [InlineData(0.34, 0)]
    public void In_double_validation_accuracy_goes_on_rising(double end, int failing) =>
        AssertOnlyFails(failing, CollapseStopsGeneralization.JudgeDouble(To(end), Stall));

    [Fact]
    public void The_verdict_refuses_either_in_the_place_of_the_other()
    {
        TrainedGroup early = Collapsed(0, 0.1), stalled = Collapsed(0.8, 0.6);
        bool Holds(TrainedGroup inFloat, TrainedGroup inDouble) =>
            new CollapseStopsGeneralization().Judge(Tier.Quick, [early, stalled, inFloat, inDouble]).Holds;

        Assert.True(Holds(To(0.26), To(0.5)));
        Assert.False(Holds(To(0.5), To(0.26)));
        Assert.False(Holds(To(0.5), To(0.5)));
        Assert.False(Holds(To(0.26), To(0.26)));
        Assert.False(Holds(new("diverged", [Diverged]), To(0.5)));
        Assert.False(new CollapseStopsGeneralization().Judge(Tier.Quick, [stalled, early, To(0.26), To(0.5)]).Holds);
    }

    private static TrainedGroup Collapsed(params double[] shares) =>
        new TrainedGroup("runs", [.. shares.Select(_ => Accuracies((100, 1, 0.2)))]).With("softmaxCollapse", shares);

    // A run at 25 % where the others stalled.
    private static TrainedGroup To(double end) => new("runs", [Accuracies((1000, 1, 0.1), (Stall, 1, 0.25), (5000, 1, end))]);
}

using Grokking.Claims;
using Grokking.Claims.Liu2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2023;

[Trait("Category", "Unit")]
public sealed class TimeIsInverseToDecayTests
{
    // Over a decade of decays: 10^0.71, 10^1.29, and what is just outside.
    [Theory]
    [InlineData(5130, -1)]
    [InlineData(5000, 1)]
    [InlineData(19_490, -1)]
    [InlineData(20_000, 1)]
    public void The_slope_is_held_to_its_band(int late, int failing) => AssertOnlyFails(failing, Judge(Group(100, late), Group(100, 1000)));

    [Theory]
    [InlineData(200, -1)]
    [InlineData(201, 2)]
    public void Memorisation_does_not_depend_on_decay(int memorized, int failing) =>
        AssertOnlyFails(failing, Judge(Group(100, 10_000), Group(memorized, 1000)));

    [Fact]
    public void A_run_that_never_generalises_is_refused() =>
        AssertOnlyFails(0, Judge(new("weak", [Run(100, 10_000), Run(100, 10_000), Run(100, 10_000, 0.94)]), Group(100, 1000)));

    [Fact]
    public void A_median_that_was_not_reached_has_no_slope()
    {
        IReadOnlyList<Finding> findings = Judge(new("weak", [Run(100, 10_000, 0.94)]), Group(100, 1000));

        Assert.Equal([false, false, true], findings.Select(finding => finding.Holds));
    }

    [Fact]
    public void The_verdict_refuses_times_that_do_not_depend_on_decay()
    {
        TrainedGroup weak = Group(100, 10_000), middle = Group(100, 3333), strong = Group(100, 1000);
        bool Holds(params TrainedGroup[] groups) => new TimeIsInverseToDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(weak, middle, strong));
        Assert.False(Holds(strong, middle, weak));
        Assert.False(Holds(strong, strong, strong));
    }

    private static IReadOnlyList<Finding> Judge(params TrainedGroup[] groups) => TimeIsInverseToDecay.Judge(groups, [0.1, 1]);

    private static TrainedGroup Group(int memorized, int generalized) => new("decay", [Run(memorized, generalized)]);

    private static LearningCurve Run(int memorized, int generalized, double val = 0.95) =>
        Accuracies((memorized, 0.95, 0.1), (generalized, 1, val));
}

using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class RepresentationPredictsAccuracyTests
{
    // Predictions ½ ± 0.1 and accuracies that differ from them by ± 0.1·s, independent of them: the correlation is 1/√(1 + s²), 0.95 for s = 0.3287.
    [Theory]
    [InlineData(0.328, -1)]
    [InlineData(0.329, 0)]
    public void The_correlation_is_held_to_its_bound(double s, int failing) => AssertOnlyFails(failing, Judge(
        Sizes((0.4, 0.4 - (0.1 * s)), (0.4, 0.4 + (0.1 * s)), (0.6, 0.6 - (0.1 * s)), (0.6, 0.6 + (0.1 * s)))));

    [Theory]
    [InlineData(0.049, -1)]
    [InlineData(0.051, 1)]
    [InlineData(-0.049, -1)]
    [InlineData(-0.051, 1)]
    public void The_mean_difference_is_held_to_its_bound(double shift, int failing) =>
        AssertOnlyFails(failing, Judge(Sizes((0.1, 0.1 + shift), (0.5, 0.5 + shift), (0.9, 0.9 + shift))));

    // Correlation of no numbers that vary is none at all.
    [Fact]
    public void Accuracies_that_are_all_the_same_are_refused() => AssertOnlyFails(0, Judge(Sizes((0.5, 0.5), (0.5, 0.5))));

    [Fact]
    public void The_verdict_refuses_predictions_of_another_training_set_size()
    {
        IReadOnlyList<TrainedGroup> right = Sizes((0.1, 0.1), (0.4, 0.4), (0.5, 0.5), (1, 1));
        IReadOnlyList<TrainedGroup> reversed = Sizes((1, 0.1), (0.5, 0.4), (0.4, 0.5), (0.1, 1));
        IReadOnlyList<TrainedGroup> mirrored = Sizes((0.1, 0.1), (1, 1), (1, 1), (0.1, 0.1));
        bool Holds(IReadOnlyList<TrainedGroup> groups) => new RepresentationPredictsAccuracy().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(right));
        Assert.False(Holds(reversed));
        Assert.False(Holds(mirrored));
    }

    private static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups) =>
        RepresentationPredictsAccuracy.Judge(groups, group => group.Of(ToyAddition.PredictedAccuracy));

    // A group of two runs for each training set size.
    private static IReadOnlyList<TrainedGroup> Sizes(params (double Predicted, double Real)[] sizes) =>
    [
        .. sizes.Select((size, i) => new TrainedGroup($"size {i}", [Curve(100, null), Curve(100, null)])
            .With(ToyAddition.PredictedAccuracy.Name, size.Predicted, size.Predicted)
            .With(ToyAddition.RealAccuracy.Name, size.Real, size.Real)),
    ];
}

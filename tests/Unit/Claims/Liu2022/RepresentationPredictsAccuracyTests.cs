using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class RepresentationPredictsAccuracyTests
{
    private static readonly int[] s_none = [0, 0, 0, 0];

    // Predictions ½ ± 0.1 and accuracies that differ from them by ± 0.1·s, independent of them: the correlation is 1/√(1 + s²), 0.95 for s = 0.3287.
    [Theory]
    [InlineData(0.328, -1)]
    [InlineData(0.329, 0)]
    public void The_correlation_is_held_to_its_bound(double s, int failing) => AssertOnlyFails(
        failing, Judge(s_none, (0.4, 0.4 - (0.1 * s)), (0.4, 0.4 + (0.1 * s)), (0.6, 0.6 - (0.1 * s)), (0.6, 0.6 + (0.1 * s))));

    [Theory]
    [InlineData(0.049, -1)]
    [InlineData(0.051, 1)]
    [InlineData(-0.049, -1)]
    [InlineData(-0.051, 1)]
    public void The_mean_difference_is_held_to_its_bound(double shift, int failing) =>
        AssertOnlyFails(failing, Judge(s_none, (0.1, 0.1 + shift), (0.5, 0.5 + shift), (0.9, 0.9 + shift)));

    // Correlation of no numbers that vary is none at all.
    [Fact]
    public void Accuracies_that_are_all_the_same_are_refused() => AssertOnlyFails(0, Judge(s_none, (0.5, 0.5), (0.5, 0.5)));

    // Over all pairs these correlate by 0.99 and lie 0.02 apart; of the unseen ones the predictions go down where the accuracies go up.
    [Fact]
    public void Training_pairs_are_no_help() =>
        AssertOnlyFails(0, Judge([11, 22, 33, 44], (0.24, 0.2), (0.43, 0.41), (0.61, 0.63), (0.8, 0.84)));

    // With one unseen pair an accuracy is 0 or 1.
    [Fact]
    public void Runs_with_hardly_an_unseen_pair_are_left_out_of_the_correlation() =>
        AssertOnlyFails(-1, Judge([0, 27, 51], (0.1, 0.1), (0.9, 0.9), (1, 0.95)));

    [Fact]
    public void The_verdict_refuses_predictions_of_another_training_set_size()
    {
        var claim = new RepresentationPredictsAccuracy();
        int[] pairs = [.. claim.Groups(Tier.Quick).Select(group => int.Parse(group.Name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];
        bool Holds(Func<int, double> predictedUnseen) => claim.Judge(
            Tier.Quick, Sizes(pairs, [.. pairs.Select((n, i) => (All(n, predictedUnseen(i)), All(n, Real(i))))])).Holds;

        Assert.True(Holds(Real));
        Assert.False(Holds(i => Real(pairs.Length - 1 - i)));
        Assert.False(Holds(_ => 0));

        static double Real(int i) => i < 4 ? 0 : Math.Min(1, 0.2 * (i - 3));

        static double All(int n, double unseen) => (n + ((55 - n) * unseen)) / 55;
    }

    private static IReadOnlyList<Finding> Judge(int[] pairs, params (double Predicted, double Real)[] sizes)
    {
        pairs = pairs[..sizes.Length];
        return RepresentationPredictsAccuracy.Judge(pairs, [.. sizes.Select(size => new[] { size.Predicted, size.Predicted })], Sizes(pairs, sizes));
    }

    // A group of two runs for each training set size, which know all their training pairs.
    private static IReadOnlyList<TrainedGroup> Sizes(int[] pairs, params (double Predicted, double Real)[] sizes) =>
    [
        .. sizes.Zip(pairs, (size, n) => new TrainedGroup($"{n} pairs", [.. Enumerable.Repeat(Accuracies((100, 1, ((55 * size.Real) - n) / (55 - n))), 2)])
            .With(ToyAddition.PredictedAccuracy.Name, size.Predicted, size.Predicted)
            .With(ToyAddition.RealAccuracy.Name, size.Real, size.Real)),
    ];
}

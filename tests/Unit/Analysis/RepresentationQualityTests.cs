using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class RepresentationQualityTests
{
    [Theory]
    [InlineData(2, 3, 0)]
    [InlineData(3, 6, 1)]
    [InlineData(4, 10, 3)]
    [InlineData(10, 55, 70)]
    public void Pairs_and_parallelograms_are_as_many_as_in_the_paper(int symbols, int pairs, int parallelograms)
    {
        Assert.Equal(pairs, SymbolPair.All(symbols).Distinct().Count());
        Assert.Equal(parallelograms, Parallelogram.All(symbols).Distinct().Count());
        Assert.All(Parallelogram.All(symbols), parallelogram =>
        {
            Assert.Equal(parallelogram.First.Sum, parallelogram.Second.Sum);
            Assert.True(parallelogram.First.I < parallelogram.Second.I);
        });
    }

    [Fact]
    public void Four_symbols_have_the_three_parallelograms_worked_out_by_hand() => Assert.Equal(
        [
            new(new(0, 2), new(1, 1)),
            new(new(0, 3), new(1, 2)),
            new(new(1, 3), new(2, 2)),
        ],
        Parallelogram.All(4));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e6, -1e-3)]
    [InlineData(-7, 400)]
    public void A_progression_has_quality_1_wherever_it_begins_and_however_long_its_step(double a, double b) =>
        Assert.Equal(1, RepresentationQuality.Of(Line(10, k => a + (k * b))).Index);

    [Fact]
    public void A_progression_in_many_dimensions_has_quality_1_too()
    {
        Matrix<double> direction = TypedRows.Gaussian(1, 32, seed: 1);

        Assert.Equal(1, RepresentationQuality.Of(Matrix<double>.Build.Dense(10, 32, (k, j) => j + (k * direction[0, j]))).Index);
    }

    // A sum of four Gaussians, two of them subtracted, is within ±0.1 with a probability of 0.04.
    [Fact]
    public void Random_embeddings_hold_about_one_parallelogram_in_25_on_a_line_and_none_in_many_dimensions()
    {
        double[] onALine = [.. Enumerable.Range(0, 100).Select(seed => RepresentationQuality.Of(TypedRows.Gaussian(10, 1, (ulong)seed)).Index)];

        Assert.InRange(onALine.Average(), 0.02, 0.06);
        Assert.All(onALine, index => Assert.InRange(index, 0, 0.2));
        Assert.Equal(0, RepresentationQuality.Of(TypedRows.Gaussian(10, 32, seed: 1)).Index);
    }

    // The residues on a circle, as modular addition has them: parallelograms only where symmetry makes them, none of a line's.
    [Fact]
    public void A_circle_is_no_progression() =>
        Assert.InRange(RepresentationQuality.Of(TypedRows.Circles(10, d: 2, seed: 1, (1, 1))).Index, 0, 0.2);

    [Fact]
    public void One_symbol_out_of_line_costs_its_parallelograms_alone()
    {
        double index = RepresentationQuality.Of(Line(10, k => k == 9 ? 20 : k)).Index;

        Assert.Equal(Parallelogram.All(9).Count / 70.0, index, 1e-12);
        Assert.Equal(50 / 70.0, index, 1e-12);
    }

    // 0, 1 + ε, 2 has the one defect 2ε and the sample variance 1 + ε²/3: it holds for ε < 0.05002. Over n instead of n − 1 the bound is 0.041.
    [Theory]
    [InlineData(0.0500, 1)]
    [InlineData(0.0501, 0)]
    [InlineData(-0.0500, 1)]
    [InlineData(-0.0501, 0)]
    public void A_parallelogram_holds_below_a_tenth_of_a_sample_standard_deviation(double epsilon, double index) =>
        Assert.Equal(index, RepresentationQuality.Of(Line(3, k => k == 1 ? 1 + epsilon : k)).Index);

    // Beside a coordinate without a defect the other's square counts half: 0.05002 · √2 = 0.0707, whatever its scale.
    [Theory]
    [InlineData(0.0706, 1)]
    [InlineData(0.0709, 0)]
    public void The_defect_is_a_mean_over_coordinates_that_count_alike(double epsilon, double index) => Assert.Equal(
        index, RepresentationQuality.Of(Matrix<double>.Build.Dense(3, 2, (k, j) => j == 0 ? 1e-3 * (k == 1 ? 1 + epsilon : k) : 50 * k)).Index);

    // Sums 0 to 4 of three symbols, of which 2 alone is there twice: (0, 2) and (1, 1).
    [Fact]
    public void A_training_pair_answers_for_the_pairs_whose_parallelogram_with_it_holds()
    {
        var straight = RepresentationQuality.Of(Line(3, k => k));
        var bent = RepresentationQuality.Of(Line(3, k => k * k));

        Assert.Equal(3 / 6.0, straight.PredictedAccuracy([new(0, 0), new(0, 2)]), 1e-12);
        Assert.Equal(2 / 6.0, bent.PredictedAccuracy([new(0, 0), new(0, 2)]), 1e-12);
        Assert.Equal(1 / 6.0, straight.PredictedAccuracy([new(0, 0)]), 1e-12);
        Assert.Equal(0, straight.PredictedAccuracy([]));
        Assert.Equal(1, bent.PredictedAccuracy(SymbolPair.All(3)));
    }

    // Trained are the last pairs of the sums, which up to 16 are without 9: with 9 out of line (0, 9) … (7, 9) are wrong. (8, 9) and (9, 9) are
    // the only pairs of theirs.
    [Fact]
    public void One_answer_of_each_sum_is_enough_for_a_progression_and_not_for_a_symbol_out_of_line()
    {
        SymbolPair[] trained = [.. SymbolPair.All(10).GroupBy(pair => pair.Sum).Select(pairs => pairs.Last())];

        Assert.Equal(1, RepresentationQuality.Of(Line(10, k => k)).PredictedAccuracy(trained));
        Assert.Equal(47 / 55.0, RepresentationQuality.Of(Line(10, k => k == 9 ? 20 : k)).PredictedAccuracy(trained), 1e-12);
    }

    [Fact]
    public void Random_embeddings_answer_for_nothing_that_was_not_trained()
    {
        var random = RepresentationQuality.Of(TypedRows.Gaussian(10, 8, seed: 1));
        SymbolPair[] trained = [.. SymbolPair.All(10).Where((_, place) => place % 2 == 0)];

        Assert.Equal(28 / 55.0, random.PredictedAccuracy(trained), 1e-12);
    }

    [Fact]
    public void A_progression_is_told_from_other_orders_and_from_none()
    {
        Assert.Equal(1, ArithmeticProgression.Correlation(Line(10, k => 3 - (0.1 * k))), 1e-12);
        Assert.Equal(1, ArithmeticProgression.Correlation(Matrix<double>.Build.Dense(10, 4, (k, j) => 5 + (k * j))), 1e-12);

        // 0, 1, 3 about 4/3 and 0, 1, 2 about 1: 3/√(2 · 14/3).
        Assert.Equal(3 / Math.Sqrt(28 / 3.0), ArithmeticProgression.Correlation(Line(3, k => k == 2 ? 3 : k)), 1e-12);

        Assert.Equal(0, ArithmeticProgression.Correlation(Line(9, k => (k - 4) * (k - 4))), 1e-12);
        Assert.InRange(ArithmeticProgression.Correlation(TypedRows.Circles(10, d: 2, seed: 1, (1, 1))), 0, 0.9);
    }

    // A random direction among nine has |corr| 0.27 with a given one on average.
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void Random_embeddings_are_no_progression(int d)
    {
        double[] correlations =
            [.. Enumerable.Range(0, 100).Select(seed => ArithmeticProgression.Correlation(TypedRows.Gaussian(10, d, (ulong)seed)))];

        Assert.InRange(correlations.Average(), 0.2, 0.35);
        Assert.All(correlations, correlation => Assert.InRange(correlation, 0, 0.95));
    }

    [Fact]
    public void The_progression_is_read_off_the_direction_in_which_the_embeddings_vary_most()
    {
        Matrix<double> noise = TypedRows.Gaussian(10, 8, seed: 2);
        Matrix<double> rows = Matrix<double>.Build.Dense(10, 8, (k, j) => (0.1 * noise[k, j]) + (j == 5 ? k : 0));

        Assert.InRange(ArithmeticProgression.Correlation(rows), 0.99, 1);
    }

    [Fact]
    public void Embeddings_without_structure_and_pairs_of_other_symbols_are_refused()
    {
        Assert.Throws<ArgumentException>("rows", () => RepresentationQuality.Of(Line(2, k => k)));
        Assert.Throws<ArgumentException>("rows", () => RepresentationQuality.Of(Line(10, _ => 0.3)));
        Assert.Throws<ArgumentException>("rows", () => RepresentationQuality.Of(Line(10, k => k == 3 ? double.NaN : k)));
        Assert.Throws<ArgumentException>("rows", () => ArithmeticProgression.Correlation(Line(2, k => k)));
        Assert.Throws<ArgumentException>("rows", () => ArithmeticProgression.Correlation(Line(10, _ => 0.3)));

        ArgumentException still = Assert.Throws<ArgumentException>(
            "rows", () => RepresentationQuality.Of(Matrix<double>.Build.Dense(10, 2, (k, j) => j == 0 ? k : 0.3)));
        Assert.Contains("number 1", still.Message, StringComparison.Ordinal);

        var ten = RepresentationQuality.Of(Line(10, k => k));
        Assert.All((SymbolPair[])[new(-1, 3), new(3, 2), new(0, 10)], stranger =>
        {
            string message = Assert.Throws<ArgumentException>("trained", () => ten.PredictedAccuracy([new(0, 0), stranger])).Message;
            Assert.Contains($"({stranger.I}, {stranger.J}); 0 ≤ i ≤ j ≤ 9", message, StringComparison.Ordinal);
        });
        Assert.Throws<ArgumentOutOfRangeException>("symbols", () => SymbolPair.All(0));
        Assert.Throws<ArgumentOutOfRangeException>("symbols", () => Parallelogram.All(0));
    }

    private static Matrix<double> Line(int symbols, Func<int, double> embedding) =>
        Matrix<double>.Build.Dense(symbols, 1, (k, _) => embedding(k));
}

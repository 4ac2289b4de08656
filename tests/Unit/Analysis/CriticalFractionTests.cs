using System.Numerics;
using Grokking.Analysis;
using Grokking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class CriticalFractionTests
{
    private static readonly Lazy<CriticalFraction> TenSymbols = new(() => CriticalFraction.Draw(symbols: 10, draws: 10_000, seed: 1));

    // Of 10,000 trials with 14 to 40 training pairs, how many had one linear representation: the output that the authors keep of
    // phase_diagram_plot/effective_linear_eq.ipynb in ejmichaud/grokking-squared. It is 0 below and 10,000 above.
    private static readonly int[] Published =
    [
        1, 7, 51, 144, 373, 860, 1754, 2863, 4270, 5795, 7085, 8027, 8666, 9187, 9488, 9654, 9814, 9881, 9919, 9945, 9980, 9983, 9991, 9998, 9994,
        9997, 10_000,
    ];

    [Theory]
    [InlineData(18, 0.04, 0.03)]
    [InlineData(22, 0.43, 0.06)]
    [InlineData(26, 0.87, 0.05)]
    [InlineData(30, 0.98, 0.02)]
    public void A_thousand_draws_for_ten_symbols_come_near_the_papers_curve(int trainPairs, double probability, double band)
    {
        double drawn = CriticalFraction.Draw(symbols: 10, draws: 1000, seed: 0).Probability(trainPairs);

        Assert.InRange(drawn, probability - band, probability + band);
    }

    [Fact]
    public void The_published_table_and_ours_differ_by_sampling_error_alone() => Assert.All(Enumerable.Range(0, 56), trainPairs =>
    {
        double published = trainPairs < 14 ? 0 : trainPairs > 40 ? 1 : Published[trainPairs - 14] / 10_000.0;
        double drawn = TenSymbols.Value.Probability(trainPairs);

        // Among the 27 numbers of pairs between, chance exceeds four standard errors once in 600 tables.
        double pooled = (published + drawn) / 2;
        Assert.InRange(drawn, published - Band(pooled, 2), published + Band(pooled, 2));
    });

    [Fact]
    public void A_table_of_another_number_of_symbols_differs_from_the_published_one()
    {
        double eleven = CriticalFraction.Draw(symbols: 11, draws: 1000, seed: 1).Probability(22);

        Assert.InRange(eleven, 0, 0.427 - 0.1);
    }

    [Fact]
    public void More_symbols_need_a_smaller_fraction()
    {
        double ten = TenSymbols.Value.Fraction;
        double twenty = CriticalFraction.Draw(symbols: 20, draws: 1000, seed: 1).Fraction;

        Assert.InRange(ten, 0.37, 0.43);
        Assert.InRange(twenty, 0.21, 0.27);
    }

    // Of three symbols the pairs of sum 2, (0, 2) and (1, 1), are all that is needed: C(4, n − 2) of the C(6, n) training sets have both.
    [Fact]
    public void For_three_symbols_the_probability_is_the_one_worked_out_by_hand()
    {
        var three = CriticalFraction.Draw(symbols: 3, draws: 10_000, seed: 1);

        double[] exact = [0, 0, 1 / 15.0, 4 / 20.0, 6 / 15.0, 4 / 6.0, 1];
        Assert.All(exact.Index(), point => Assert.InRange(
            three.Probability(point.Index), point.Item - Band(point.Item, 1), point.Item + Band(point.Item, 1)));

        // From 2/5 at four pairs to 2/3 at five, ½ is three eighths of the way.
        Assert.Equal(4.375 / 6, three.Fraction, 0.01);
    }

    // For all 1024 training sets of four symbols, and some of twelve, the rank is the one that singular values give.
    [Fact]
    public void The_degrees_of_freedom_are_those_of_the_equations_of_all_training_parallelograms()
    {
        IReadOnlyList<SymbolPair> four = SymbolPair.All(4), twelve = SymbolPair.All(12);
        for (int set = 0; set < 1024; set++)
        {
            SymbolPair[] trained = [.. four.Where((_, place) => (set >> place & 1) != 0)];
            Assert.Equal(NullSpace(4, trained), DegreesOfFreedom(4, trained));
        }

        var random = new RandomStream(seed: 1, "training sets");
        for (int trainPairs = 10; trainPairs < 40; trainPairs++)
        {
            int[] order = [.. Enumerable.Range(0, twelve.Count)];
            random.Shuffle(order);
            SymbolPair[] trained = [.. order.Take(trainPairs).Select(place => twelve[place])];
            Assert.Equal(NullSpace(12, trained), DegreesOfFreedom(12, trained));
        }
    }

    // E_i + E_(9−i) and E_i + E_(8−i) are the same for all i, so that E_(9−i) − E_(8−i) is.
    [Fact]
    public void The_ten_pairs_of_two_neighbouring_sums_are_enough_for_ten_symbols()
    {
        SymbolPair[] trained = [.. SymbolPair.All(10).Where(pair => pair.Sum is 8 or 9)];

        Assert.Equal(10, trained.Length);
        Assert.Equal(2, DegreesOfFreedom(10, trained));
        Assert.All(trained, pair => Assert.Equal(3, DegreesOfFreedom(10, [.. trained.Where(other => other != pair)])));
    }

    [Fact]
    public void A_symbol_that_is_in_no_training_pair_stays_free_however_many_there_are() =>
        Assert.Equal(3, DegreesOfFreedom(10, [.. SymbolPair.All(10).Where(pair => pair.J < 9)]));

    [Fact]
    public void Pairs_of_different_sums_leave_everything_free() =>
        Assert.Equal(10, DegreesOfFreedom(10, [.. SymbolPair.All(10).DistinctBy(pair => pair.Sum)]));

    [Theory]
    [InlineData(3)]
    [InlineData(ParallelogramEquations.MostSymbols)]
    public void All_pairs_leave_an_origin_and_a_step(int symbols) => Assert.Equal(2, DegreesOfFreedom(symbols, SymbolPair.All(symbols)));

    // Hadamard: p − 2 rows of squared length 6 have minors of at most 6^((p − 2)/2).
    [Fact]
    public void The_prime_is_larger_than_any_minor_of_the_most_symbols()
    {
        BigInteger squared = BigInteger.Pow(ParallelogramEquations.Q, 2);

        Assert.True(BigInteger.Pow(6, ParallelogramEquations.MostSymbols - 2) < squared);
        Assert.False(BigInteger.Pow(6, ParallelogramEquations.MostSymbols - 1) < squared);
    }

    [Fact]
    public void The_seed_decides_the_draws_and_further_ones_leave_the_first_as_they_were()
    {
        double[] first = Curve(draws: 50, seed: 1);

        Assert.Equal(first, Curve(draws: 50, seed: 1));
        Assert.NotEqual(first, Curve(draws: 50, seed: 2));
        Assert.All(first.Zip(Curve(draws: 51, seed: 1)), point => Assert.InRange(Math.Round((point.Second * 51) - (point.First * 50)), 0, 1));
        Assert.Equal(first.Order(), first);

        static double[] Curve(int draws, ulong seed)
        {
            var drawn = CriticalFraction.Draw(symbols: 6, draws, seed);
            return [.. Enumerable.Range(0, 22).Select(drawn.Probability)];
        }
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Contains("3 to 49", Refusal("symbols", () => CriticalFraction.Draw(symbols: 2, draws: 1, seed: 0)), StringComparison.Ordinal);
        Assert.Contains("3 to 49", Refusal("symbols", () => CriticalFraction.Draw(symbols: 50, draws: 1, seed: 0)), StringComparison.Ordinal);
        Assert.Contains("'1'", Refusal("draws", () => CriticalFraction.Draw(symbols: 3, draws: 0, seed: 0)), StringComparison.Ordinal);
        var three = CriticalFraction.Draw(symbols: 3, draws: 1, seed: 0);
        Assert.Contains("0 to 6", Refusal("trainPairs", () => three.Probability(-1)), StringComparison.Ordinal);
        Assert.Contains("0 to 6", Refusal("trainPairs", () => three.Probability(7)), StringComparison.Ordinal);

        static string Refusal(string argument, Func<object> refused) => Assert.Throws<ArgumentOutOfRangeException>(argument, refused).Message;
    }

    // Four standard errors of a share of 10,000, or of the difference of two.
    private static double Band(double probability, int samples) => 4 * Math.Sqrt(samples * probability * (1 - probability) / 10_000);

    private static int DegreesOfFreedom(int symbols, IReadOnlyList<SymbolPair> trained)
    {
        var equations = new ParallelogramEquations(symbols);
        foreach (SymbolPair pair in trained)
        {
            equations.Add(pair);
        }

        return equations.DegreesOfFreedom;
    }

    // Every two training pairs of equal sum as a row, in floating point.
    private static int NullSpace(int symbols, IReadOnlyList<SymbolPair> trained)
    {
        double[][] rows =
        [
            .. Parallelogram.All(symbols)
                .Where(parallelogram => trained.Contains(parallelogram.First) && trained.Contains(parallelogram.Second))
                .Select(parallelogram => Row(parallelogram)),
        ];
        return rows.Length == 0 ? symbols : symbols - Matrix<double>.Build.DenseOfRowArrays(rows).Rank();

        double[] Row(Parallelogram parallelogram)
        {
            double[] row = new double[symbols];
            row[parallelogram.First.I]++;
            row[parallelogram.First.J]++;
            row[parallelogram.Second.I]--;
            row[parallelogram.Second.J]--;
            return row;
        }
    }
}

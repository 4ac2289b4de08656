using Grokking.Numerics;
using MathNet.Numerics.LinearRegression;

namespace Grokking.Curves;

/// <summary>The times of all runs with one share of the table for training.</summary>
/// <param name="TrainFraction">Inside (0, 1).</param>
/// <param name="Times">At least one, each &gt; 0.</param>
public sealed record TimesAtFraction(double TrainFraction, IReadOnlyList<EventTime> Times);

/// <summary>
/// How steeply the median time grows as data shrinks: the least-squares line of ln(median) against the fraction, told as the factor in
/// time for one percentage point less data. Power et al. 2022, section 3.1.1: 1.4 to 1.5 for S5 at 25–30 % of the table.
/// </summary>
/// <param name="FactorPerPointLess">e^(−slope / 100).</param>
/// <param name="Interval95">
/// Central 95 % of the factor over resamples of the runs at each fraction. A resampled median that is censored counts as its budget, so the
/// upper end is then too low.
/// </param>
/// <param name="Fractions">The fractions whose median was observed, ascending; the line rests on these.</param>
/// <param name="Runs">How many runs those fractions have together.</param>
public sealed record DataFractionSlope(double FactorPerPointLess, Interval Interval95, IReadOnlyList<double> Fractions, int Runs)
{
    /// <summary>Fits the line; null where fewer than two fractions have an observed median.</summary>
    /// <param name="runs">One element per fraction.</param>
    public static DataFractionSlope? Fit(IReadOnlyCollection<TimesAtFraction> runs)
    {
        Check(runs);
        TimesAtFraction[] observed =
            [.. runs.Where(run => MedianTime.Of(run.Times).Value is not null).OrderBy(run => run.TrainFraction)];
        if (observed.Length < 2)
        {
            return null;
        }

        double[] fractions = [.. observed.Select(run => run.TrainFraction)];
        double factor = Factor(fractions, [.. observed.Select(run => run.Times)]);
        Interval interval95 = Bootstrap.Central95(random =>
        {
            double resampled = Factor(
                fractions,
                [.. observed.Select(run => Bootstrap.Pick(run.Times, Bootstrap.DrawPlaces(random, run.Times.Count)))]);
            return new Interval(resampled, resampled);
        });
        return new DataFractionSlope(factor, interval95, fractions, observed.Sum(run => run.Times.Count));
    }

    private static double Factor(double[] fractions, IReadOnlyList<EventTime>[] times)
    {
        double[] logMedians = [.. times.Select(atFraction => Elementary.Log(MedianTime.Of(atFraction).AtLeast))];
        (_, double slope) = SimpleRegression.Fit(fractions, logMedians);
        return Elementary.Exp(-slope / 100);
    }

    private static void Check(IReadOnlyCollection<TimesAtFraction> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        foreach (TimesAtFraction run in runs)
        {
            if (!(run.TrainFraction > 0 && run.TrainFraction < 1))
            {
                throw new ArgumentOutOfRangeException(nameof(runs), run.TrainFraction, "TrainFraction must be inside (0, 1).");
            }

            if (run.Times.Count == 0 || run.Times.Any(time => time.Time <= 0))
            {
                throw new ArgumentException($"Times at TrainFraction {run.TrainFraction} must be at least one, each > 0.", nameof(runs));
            }
        }

        if (runs.Select(run => run.TrainFraction).Distinct().Count() != runs.Count)
        {
            throw new ArgumentException("Every TrainFraction may come once only; put all its runs together.", nameof(runs));
        }
    }
}

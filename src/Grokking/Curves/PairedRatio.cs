namespace Grokking.Curves;

/// <summary>
/// How many times later a candidate is than a baseline, over pairs of runs that have all else in common: the median of the pairs' own ratios. A pair
/// of which one time is censored has a ratio that is only known up to an interval, and so has then perhaps the median,
/// [<paramref name="AtLeast"/>, <paramref name="AtMost"/>].
/// </summary>
/// <remarks>
/// The ratio of the medians (<see cref="MedianRatio"/>) mixes pairs that lie far apart, such as those of different training fractions; a median of
/// ratios does not. Between two ratios in the middle stands their geometric mean, so that the candidate over the baseline is one over the
/// baseline over the candidate.
/// </remarks>
/// <param name="AtLeast">The least the median ratio can be.</param>
/// <param name="AtMost">The most it can be; +∞ where the candidate's side of the middle is censored.</param>
/// <param name="Interval95">Central 95 % of the ratio over resamples of the pairs, censored ends taken wide. One pair is its own interval.</param>
/// <param name="Later">Pairs whose candidate is surely later.</param>
/// <param name="Earlier">Pairs whose candidate is surely earlier.</param>
/// <param name="Undecided">All others: equal times, both censored, or a budget that ended before the other's time.</param>
/// <param name="Lost">Those of the later ones whose candidate did not get there within its budget.</param>
/// <param name="Gained">Those of the earlier ones whose baseline did not get there within its budget.</param>
public sealed record PairedRatio(
    double AtLeast, double AtMost, Interval Interval95, int Later, int Earlier, int Undecided, int Lost, int Gained)
{
    /// <summary>The median ratio, where it is one number; otherwise null.</summary>
    public double? Value => AtLeast.Equals(AtMost) ? AtMost : null;

    /// <summary>Number of pairs.</summary>
    public int Pairs => Later + Earlier + Undecided;

    /// <summary>Two-sided sign test of <see cref="Later"/> against <see cref="Earlier"/>.</summary>
    public double PValue => SignTest.PValue(Later, Earlier);

    /// <summary>Compares pair by pair.</summary>
    /// <param name="candidate">The numerators, each &gt; 0; at least one.</param>
    /// <param name="baseline">The denominators, each &gt; 0, in the same order and as many.</param>
    public static PairedRatio Of(IReadOnlyList<EventTime> candidate, IReadOnlyList<EventTime> baseline)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(baseline);
        if (candidate.Count == 0 || candidate.Count != baseline.Count)
        {
            throw new ArgumentException($"candidate has {candidate.Count} times and baseline {baseline.Count}; they need at least one and as many.", nameof(baseline));
        }

        if (candidate.Concat(baseline).Any(time => time.Time <= 0))
        {
            throw new ArgumentException("Times must be > 0: nothing is a multiple of 0.", nameof(baseline));
        }

        Interval[] ratios = [.. candidate.Zip(baseline, Ratio)];
        Interval median = Median(ratios);
        Interval interval95 = Bootstrap.Central95(random => Median([.. Bootstrap.DrawPlaces(random, ratios.Length).Select(place => ratios[place])]));
        (EventTime Candidate, EventTime Baseline)[] later = [.. candidate.Zip(baseline).Where(pair => IsLater(pair.First, pair.Second))];
        (EventTime Candidate, EventTime Baseline)[] earlier = [.. candidate.Zip(baseline).Where(pair => IsLater(pair.Second, pair.First))];
        return new PairedRatio(
            median.Low,
            median.High,
            interval95,
            later.Length,
            earlier.Length,
            ratios.Length - later.Length - earlier.Length,
            later.Count(pair => pair.Candidate.IsCensored),
            earlier.Count(pair => pair.Baseline.IsCensored));
    }

    /// <summary>The ratio of one pair, as far as it is known.</summary>
    public static Interval Ratio(EventTime candidate, EventTime baseline) =>
        new(candidate.AtLeast / baseline.AtMost, candidate.AtMost / baseline.AtLeast);

    /// <summary>Whether one time is surely later than another. A censored time is later than the time it is known up to.</summary>
    public static bool IsLater(EventTime candidate, EventTime baseline) =>
        !baseline.IsCensored && (candidate.IsCensored ? candidate.Time >= baseline.Time : candidate.Time > baseline.Time);

    private static Interval Median(Interval[] ratios) =>
        new(Middle([.. ratios.Select(ratio => ratio.Low)]), Middle([.. ratios.Select(ratio => ratio.High)]));

    // 0 · x = 0 and x · ∞ = ∞ are what is meant; lower ends are never ∞ and upper ends never 0.
    private static double Middle(double[] values)
    {
        Array.Sort(values);
        double low = values[(values.Length - 1) / 2], high = values[values.Length / 2];
        return low.Equals(high) ? low : Math.Sqrt(low * high);
    }
}

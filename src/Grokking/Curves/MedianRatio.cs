namespace Grokking.Curves;

/// <summary>
/// How many times later one median is than another. Where a median is censored the ratio is only known up to
/// [<paramref name="AtLeast"/>, <paramref name="AtMost"/>]: a later group whose budget ran out gives [budget / median, ∞].
/// </summary>
/// <param name="AtLeast">The least the ratio of the medians can be; 0 where the earlier median is censored.</param>
/// <param name="AtMost">The most it can be; +∞ where the later median is censored.</param>
/// <param name="Interval95">
/// Central 95 % of the ratio over resamples of the runs; each end takes the side of a censored median that makes the interval wider.
/// </param>
/// <param name="LaterRuns">How many times the numerator is the median of.</param>
/// <param name="EarlierRuns">The same of the denominator.</param>
public sealed record MedianRatio(double AtLeast, double AtMost, Interval Interval95, int LaterRuns, int EarlierRuns)
{
    /// <summary>The ratio, where both medians were observed; otherwise null.</summary>
    public double? Value => AtLeast.Equals(AtMost) ? AtMost : null;

    /// <summary>Of independent groups: each is resampled for itself.</summary>
    /// <param name="later">The numerator's times; at least one.</param>
    /// <param name="earlier">The denominator's times, &gt; 0; at least one.</param>
    public static MedianRatio Of(IReadOnlyList<EventTime> later, IReadOnlyList<EventTime> earlier)
    {
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(earlier);
        if (later.Count == 0 || earlier.Count == 0)
        {
            throw new ArgumentException(
                $"later has {later.Count} times and earlier {earlier.Count}; both need at least one.", nameof(later));
        }

        if (earlier.Any(time => time.Time <= 0))
        {
            throw new ArgumentException("earlier must have times > 0: nothing is a multiple of 0.", nameof(earlier));
        }

        (double atLeast, double atMost) = Bounds(later, earlier);
        Interval interval95 = Bootstrap.Central95(random => Bounds(
            Bootstrap.Pick(later, Bootstrap.DrawPlaces(random, later.Count)),
            Bootstrap.Pick(earlier, Bootstrap.DrawPlaces(random, earlier.Count))));
        return new MedianRatio(atLeast, atMost, interval95, later.Count, earlier.Count);
    }

    // x / ∞ = 0 and ∞ / x = ∞ are what is meant; ∞ / ∞ cannot come up, because each quotient has one lower and one upper end.
    private static Interval Bounds(IReadOnlyList<EventTime> later, IReadOnlyList<EventTime> earlier)
    {
        MedianTime numerator = MedianTime.Of(later);
        MedianTime denominator = MedianTime.Of(earlier);
        return new Interval(numerator.AtLeast / denominator.AtMost, numerator.AtMost / denominator.AtLeast);
    }
}

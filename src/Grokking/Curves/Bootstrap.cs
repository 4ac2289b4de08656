using Grokking.Numerics;

namespace Grokking.Curves;

/// <summary>A range of values; the ends belong to it. <paramref name="High"/> may be +∞.</summary>
public sealed record Interval(double Low, double High);

/// <summary>
/// Percentile bootstrap (Efron 1979) with a fixed number of resamples from a fixed stream: an interval is a function of the data alone.
/// With a handful of seeds it is a rough guide and on the narrow side.
/// </summary>
internal static class Bootstrap
{
    // (Resamples + 1) · 2.5 % is a whole number: the bounds are order statistics.
    public const int Resamples = 1999;

    /// <summary>
    /// The central 95 % of a statistic that is itself only known up to an interval: the lower end from the statistic's lower ends, the
    /// upper from its upper ends.
    /// </summary>
    public static Interval Central95(Func<RandomStream, Interval> statisticOfResample)
    {
        var random = new RandomStream(seed: 0, "bootstrap");
        double[] lows = new double[Resamples];
        double[] highs = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            (lows[i], highs[i]) = statisticOfResample(random);
        }

        Array.Sort(lows);
        Array.Sort(highs);
        const int rank = (Resamples + 1) / 40;
        return new Interval(lows[rank - 1], highs[Resamples - rank]);
    }

    /// <summary>As many places in a list of this length as it is long, drawn with replacement.</summary>
    public static int[] DrawPlaces(RandomStream random, int count)
    {
        int[] places = new int[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = random.NextInt(count);
        }

        return places;
    }

    /// <summary>The elements at these places.</summary>
    public static EventTime[] Pick(IReadOnlyList<EventTime> times, int[] places) => [.. places.Select(place => times[place])];
}

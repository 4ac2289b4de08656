using Grokking.Numerics;

namespace Grokking.Curves;

/// <summary>
/// The test of Jonckheere and Terpstra: do times grow along groups whose order was fixed beforehand? J counts the pairs from two groups in
/// which the later group has the later time, ties counting one half. Censored times tie with one another and are later than all others.
/// </summary>
/// <param name="J">The statistic, from 0 (always falling) to <paramref name="Pairs"/> (always growing).</param>
/// <param name="Pairs">Number of pairs from two different groups; J averages half of it when there is no trend.</param>
/// <param name="PValue">
/// One-sided: share of random reassignments of the times to the groups with at least this J, the observed one included. The
/// reassignments come from a fixed stream, so the value is a function of the times; its standard error is at most 0.005.
/// </param>
public sealed record OrderedTrend(double J, int Pairs, double PValue)
{
    private const int Reassignments = 9999;

    /// <summary>Tests for growth from the first group to the last; for a fall, give the groups in reverse.</summary>
    /// <param name="groups">At least two, none empty.</param>
    public static OrderedTrend Test(IReadOnlyList<IReadOnlyList<EventTime>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < 2 || groups.Any(group => group.Count == 0))
        {
            throw new ArgumentException("groups must be at least two and none may be empty.", nameof(groups));
        }

        double[] times = [.. groups.SelectMany(group => group).Select(time => time.AtMost)];
        int[] groupOf = [.. groups.SelectMany((group, index) => Enumerable.Repeat(index, group.Count))];
        double observed = Statistic(times, groupOf);

        int asExtreme = 1;
        var random = new RandomStream(seed: 0, "trend");
        int[] reassigned = [.. groupOf];
        for (int i = 0; i < Reassignments; i++)
        {
            random.Shuffle(reassigned);
            if (Statistic(times, reassigned) >= observed)
            {
                asExtreme++;
            }
        }

        return new OrderedTrend(observed, PairCount(groupOf), asExtreme / (1.0 + Reassignments));
    }

    // Sums of halves: exact, so >= needs no tolerance.
    private static double Statistic(double[] times, int[] groupOf)
    {
        double sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            for (int j = 0; j < times.Length; j++)
            {
                if (groupOf[i] < groupOf[j])
                {
                    sum += times[i] < times[j] ? 1 : times[i].Equals(times[j]) ? 0.5 : 0;
                }
            }
        }

        return sum;
    }

    private static int PairCount(int[] groupOf)
    {
        int pairs = 0;
        for (int i = 0; i < groupOf.Length; i++)
        {
            pairs += groupOf.Count(group => group > groupOf[i]);
        }

        return pairs;
    }
}

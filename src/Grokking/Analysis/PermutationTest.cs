using Grokking.Numerics;

namespace Grokking.Analysis;

/// <summary>
/// How often chance does as well: the statistic of rows whose labels are dealt out anew (Fisher 1935). The number of deals and their stream
/// are fixed, so the result is a function of the data alone.
/// </summary>
public static class PermutationTest
{
    /// <summary>(1 + deals at least as large) / (1 + <paramref name="deals"/>), in (0, 1].</summary>
    /// <param name="observed">The statistic under the true labels; large means structure.</param>
    /// <param name="count">The number of labelled rows, ≥ 2.</param>
    /// <param name="statistic">The statistic where label i belongs to row places[i].</param>
    /// <param name="deals">≥ 1; the smallest possible result is 1/(1 + deals).</param>
    public static double PValue(double observed, int count, Func<int[], double> statistic, int deals = 999)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(deals, 1);
        var random = new RandomStream(seed: 0, "permutation test");
        int asLarge = 0;
        for (int deal = 0; deal < deals; deal++)
        {
            int[] places = [.. Enumerable.Range(0, count)];
            random.Shuffle(places);
            asLarge += statistic(places) >= observed ? 1 : 0;
        }

        return (1 + asLarge) / (1.0 + deals);
    }
}

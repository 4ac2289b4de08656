namespace Grokking.Bench;

/// <summary>The one statistic of the benches.</summary>
internal static class Statistics
{
    /// <summary>The middle value; the mean of the two middle ones of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

using MathNet.Numerics.Distributions;

namespace Grokking.Tests.Torch;

/// <summary>
/// Two one-sided t tests over pairs of times, at 5 % each: times are equivalent within a factor if the 90 % interval of their geometric mean ratio lies
/// between it and its inverse. Unlike a test for a difference it can fail for want of runs.
/// </summary>
/// <param name="Ratio">The geometric mean of candidate / baseline.</param>
/// <param name="AtLeast">The lower end of its 90 % interval.</param>
/// <param name="AtMost">The upper end.</param>
internal sealed record EquivalentTimes(double Ratio, double AtLeast, double AtMost)
{
    /// <summary>Compares pair by pair.</summary>
    /// <param name="candidate">The numerators, each &gt; 0; at least two.</param>
    /// <param name="baseline">The denominators, each &gt; 0, in the same order and as many.</param>
    public static EquivalentTimes Of(IReadOnlyList<int> candidate, IReadOnlyList<int> baseline)
    {
        Assert.Equal(baseline.Count, candidate.Count);
        double[] logs = [.. candidate.Zip(baseline, (x, y) => Math.Log((double)x / y))];
        double n = logs.Length, mean = logs.Average();
        double deviation = Math.Sqrt(logs.Sum(x => (x - mean) * (x - mean)) / (n - 1));
        double reach = StudentT.InvCDF(location: 0, scale: 1, freedom: n - 1, p: 0.95) * deviation / Math.Sqrt(n);
        return new EquivalentTimes(Math.Exp(mean), Math.Exp(mean - reach), Math.Exp(mean + reach));
    }

    /// <summary>Whether the times are equivalent within the factor.</summary>
    public bool Within(double factor) => AtLeast >= 1 / factor && AtMost <= factor;

    /// <summary>E.g. "1.02 (0.97 to 1.08)".</summary>
    public override string ToString() => FormattableString.Invariant($"{Ratio:F2} ({AtLeast:F2} to {AtMost:F2})");
}

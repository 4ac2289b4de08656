using MathNet.Numerics.Distributions;

namespace Grokking.Claims;

/// <summary>Fisher's exact test of two counts, one-sided.</summary>
internal static class FisherTest
{
    /// <summary>The probability that as many of the successes or more fall to the first sample, where success does not depend on the sample.</summary>
    /// <param name="successes">In the first sample, 0 to <paramref name="count"/>.</param>
    /// <param name="count">Size of the first sample.</param>
    /// <param name="otherSuccesses">In the second, 0 to <paramref name="otherCount"/>.</param>
    /// <param name="otherCount">Size of the second.</param>
    public static double PValue(int successes, int count, int otherSuccesses, int otherCount) =>
        1 - new Hypergeometric(count + otherCount, successes + otherSuccesses, count).CumulativeDistribution(successes - 1);
}

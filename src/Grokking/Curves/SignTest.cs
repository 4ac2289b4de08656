using System.Numerics;

namespace Grokking.Curves;

/// <summary>The sign test: could wins and losses this uneven come from a fair coin?</summary>
public static class SignTest
{
    // Digits of the quotient behind the binary point.
    private const int Scale = 256;

    /// <summary>Two-sided exact p of the binomial distribution with ½; 1 where there is neither a win nor a loss. Ties do not take part.</summary>
    /// <param name="wins">≥ 0.</param>
    /// <param name="losses">≥ 0.</param>
    /// <returns>In (0, 1]; below 10⁻⁷⁶ it is 0.</returns>
    public static double PValue(int wins, int losses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wins);
        ArgumentOutOfRangeException.ThrowIfNegative(losses);
        int n = wins + losses, fewer = Math.Min(wins, losses);
        BigInteger choose = 1, sum = 0;
        for (int k = 0; k <= fewer; k++)
        {
            sum += choose;
            choose = choose * (n - k) / (k + 1);
        }

        // 2 · Σ C(n, k) / 2ⁿ, in whole numbers up to the last step.
        return Math.Min(1, Math.ScaleB((double)((sum << (Scale + 1)) >> n), -Scale));
    }
}

namespace Grokking.Tasks;

/// <summary>Arithmetic of the integers mod p.</summary>
public static class Residues
{
    /// <summary>Whether <paramref name="p"/> is a prime.</summary>
    public static bool IsPrime(int p)
    {
        if (p < 2)
        {
            return false;
        }

        for (long divisor = 2; divisor * divisor <= p; divisor++)
        {
            if (p % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The representative of <paramref name="value"/> in [0, p).</summary>
    public static int Reduce(long value, int p)
    {
        long remainder = value % p;
        return (int)(remainder < 0 ? remainder + p : remainder);
    }

    /// <summary>The y⁻¹ in [0, p) with y · y⁻¹ ≡ 1 mod p; y must share no factor with p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">y has no inverse mod p.</exception>
    public static long Inverse(long y, long p)
    {
        // Extended Euclid. Invariant: remainder ≡ coefficient · y (mod p).
        (long remainder, long next) = (p, y % p);
        (long coefficient, long nextCoefficient) = (0, 1);
        while (next != 0)
        {
            long quotient = remainder / next;
            (remainder, next) = (next, remainder - (quotient * next));
            (coefficient, nextCoefficient) = (nextCoefficient, coefficient - (quotient * nextCoefficient));
        }

        if (remainder != 1)
        {
            throw new ArgumentOutOfRangeException(nameof(y), y, $"y = {y} has no inverse mod {p}; y and p must share no factor.");
        }

        return coefficient < 0 ? coefficient + p : coefficient;
    }
}

namespace Grokking.Tests.Unit.Models;

/// <summary>The inputs of the golden cases, computed as tests/golden/formula.py computes them: the same bits from the same index.</summary>
internal static class GoldenInputs
{
    /// <summary>u(i) in [0, 1): the upper 24 of 32 hashed bits, over 2²⁴.</summary>
    public static double Unit(int index)
    {
        unchecked
        {
            uint x = ((uint)index + 1u) * 2654435761u;
            x ^= x >> 16;
            x *= 0x85EBCA6Bu;
            x ^= x >> 13;
            x *= 0xC2B2AE35u;
            x ^= x >> 16;
            return (x >> 8) / 16777216.0;
        }
    }

    /// <summary>(P) the parameters before the first update: base + scale · (2u(i) − 1), in double and rounded once.</summary>
    public static float[] Parameters(IReadOnlyList<GoldenTensor> tensors)
    {
        float[] flat = new float[tensors.Sum(t => t.Count)];
        int i = 0;
        foreach (GoldenTensor tensor in tensors)
        {
            for (int end = i + tensor.Count; i < end; i++)
            {
                flat[i] = (float)(tensor.Base + (tensor.Scale * ((2 * Unit(i)) - 1)));
            }
        }

        return flat;
    }

    /// <summary>(count) the vectors that stand for classes or tokens: 2u(i) − 1 from the first index on, exact in a float.</summary>
    public static float[] Symmetric(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(index => (float)((2 * Unit(index)) - 1))];

    /// <summary>
    /// (L, B, T, d) what the MLP's outputs are multiplied by: 0 where u(P + i) &lt; dropout, else 1/(1 − dropout). P is the number of
    /// parameters.
    /// </summary>
    public static float[] DropoutFactors(int parameterCount, int count, double dropout)
    {
        float[] factors = new float[count];
        for (int i = 0; i < count; i++)
        {
            factors[i] = Unit(parameterCount + i) < dropout ? 0 : (float)(1 / (1 - dropout));
        }

        return factors;
    }
}

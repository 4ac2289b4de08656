using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>Fixed positions as openai/grok builds them: even columns sin(t/10000^(i/d)), odd ones cos(t/10000^((i−1)/d)).</summary>
public static class SinusoidalPositions
{
    /// <summary>Writes the row of one position.</summary>
    /// <param name="row">(d_model) overwritten.</param>
    /// <param name="t">The position, ≥ 0.</param>
    public static void Fill(Span<float> row, int t)
    {
        for (int i = 0; i < row.Length; i++)
        {
            double wavelength = Elementary.Exp((i - (i % 2)) / (double)row.Length * Elementary.Log(10_000.0));
            (float sin, float cos) = Elementary.SinCos((float)(t / wavelength));
            row[i] = i % 2 == 0 ? sin : cos;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Layer normalisation of one row: y = x̂·gain + bias with x̂ = (x − mean)·rstd and rstd = 1/√(variance + ε).</summary>
/// <remarks>Sums follow <see cref="Lanes"/>. A norm without gain and bias is given empty spans for them.</remarks>
public static class LayerNorm
{
    /// <summary>PyTorch's default ε.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>Normalises a row; returns its mean and rstd for the backward pass.</summary>
    /// <param name="x">(C) the row.</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="bias">(C), or empty for 0.</param>
    /// <param name="y">(C) the result; may be <paramref name="x"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Mean, float Rstd) Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Span<float> y)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            sum += Lanes.Load(x, i);
        }

        float mean = Lanes.Fold(sum) / x.Length;
        Vector512<float> means = Vector512.Create(mean);
        Vector512<float> squares = Vector512<float>.Zero;
        int whole = x.Length - (x.Length % Lanes.Count);
        for (int i = 0; i < whole; i += Lanes.Count)
        {
            Vector512<float> centred = Lanes.Load(x, i) - means;
            squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
        }

        if (whole < x.Length)
        {
            // The lanes past the end hold −mean, not 0: leave them out.
            Vector512<float> inside = Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)(x.Length - whole)));
            Vector512<float> centred = Vector512.ConditionalSelect(inside, Lanes.Load(x, whole) - means, Vector512<float>.Zero);
            squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
        }

        float rstd = 1 / MathF.Sqrt((Lanes.Fold(squares) / x.Length) + Epsilon);
        Vector512<float> rstds = Vector512.Create(rstd);
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            Vector512<float> normalised = (Lanes.Load(x, i) - means) * rstds;
            Lanes.Store(gain.IsEmpty ? normalised : Vector512.FusedMultiplyAdd(normalised, Lanes.Load(gain, i), Lanes.Load(bias, i)), y, i);
        }

        return (mean, rstd);
    }

    /// <summary>
    /// From dy makes dx, and adds to dgain and dbias. With g = dy·gain, dx = rstd·(g − mean(g) − x̂·mean(g·x̂)).
    /// </summary>
    /// <param name="dy">(C) the gradient at the output.</param>
    /// <param name="x">(C) the row that went in.</param>
    /// <param name="mean">Its mean, from <see cref="Forward"/>.</param>
    /// <param name="rstd">Its rstd, from <see cref="Forward"/>.</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="dx">(C) overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="dGain">(C) added to; empty when gain is.</param>
    /// <param name="dBias">(C) added to; empty when gain is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> x,
        float mean,
        float rstd,
        ReadOnlySpan<float> gain,
        Span<float> dx,
        Span<float> dGain,
        Span<float> dBias)
    {
        Vector512<float> means = Vector512.Create(mean), rstds = Vector512.Create(rstd);
        Vector512<float> sumG = Vector512<float>.Zero, sumGX = Vector512<float>.Zero;
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            // dy is 0 past the end of the row, so those lanes add nothing.
            Vector512<float> dy_i = Lanes.Load(dy, i);
            Vector512<float> normalised = (Lanes.Load(x, i) - means) * rstds;
            Vector512<float> g = dy_i;
            if (!gain.IsEmpty)
            {
                // in the forward pass this was: y = x̂·gain + bias
                g = dy_i * Lanes.Load(gain, i);
                Lanes.Store(Vector512.FusedMultiplyAdd(dy_i, normalised, Lanes.Load(dGain, i)), dGain, i);
                Lanes.Store(Lanes.Load(dBias, i) + dy_i, dBias, i);
            }

            sumG += g;
            sumGX = Vector512.FusedMultiplyAdd(g, normalised, sumGX);
        }

        Vector512<float> meanG = Vector512.Create(Lanes.Fold(sumG) / x.Length);
        Vector512<float> meanGX = Vector512.Create(Lanes.Fold(sumGX) / x.Length);
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            Vector512<float> dy_i = Lanes.Load(dy, i);
            Vector512<float> g = gain.IsEmpty ? dy_i : dy_i * Lanes.Load(gain, i);
            Vector512<float> normalised = (Lanes.Load(x, i) - means) * rstds;
            Lanes.Store(rstds * Vector512.FusedMultiplyAdd(-normalised, meanGX, g - meanG), dx, i);
        }
    }

    /// <summary>The definition of <see cref="Forward"/>, one element at a time in the order of <see cref="Lanes"/>.</summary>
    public static (float Mean, float Rstd) Reference(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Span<float> y)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes.Count] += x[i];
        }

        float mean = FoldReference(lanes) / x.Length;
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes.Count] = MathF.FusedMultiplyAdd(x[i] - mean, x[i] - mean, lanes[i % Lanes.Count]);
        }

        float rstd = 1 / MathF.Sqrt((FoldReference(lanes) / x.Length) + Epsilon);
        for (int i = 0; i < x.Length; i++)
        {
            float normalised = (x[i] - mean) * rstd;
            y[i] = gain.IsEmpty ? normalised : MathF.FusedMultiplyAdd(normalised, gain[i], bias[i]);
        }

        return (mean, rstd);
    }

    /// <summary>The definition of <see cref="Backward"/>, one element at a time in the order of <see cref="Lanes"/>.</summary>
    public static void BackwardReference(
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> x,
        float mean,
        float rstd,
        ReadOnlySpan<float> gain,
        Span<float> dx,
        Span<float> dGain,
        Span<float> dBias)
    {
        Span<float> sumG = stackalloc float[Lanes.Count], sumGX = stackalloc float[Lanes.Count];
        sumG.Clear();
        sumGX.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            float normalised = (x[i] - mean) * rstd;
            float g = gain.IsEmpty ? dy[i] : dy[i] * gain[i];
            if (!gain.IsEmpty)
            {
                dGain[i] = MathF.FusedMultiplyAdd(dy[i], normalised, dGain[i]);
                dBias[i] += dy[i];
            }

            sumG[i % Lanes.Count] += g;
            sumGX[i % Lanes.Count] = MathF.FusedMultiplyAdd(g, normalised, sumGX[i % Lanes.Count]);
        }

        float meanG = FoldReference(sumG) / x.Length, meanGX = FoldReference(sumGX) / x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            float normalised = (x[i] - mean) * rstd;
            float g = gain.IsEmpty ? dy[i] : dy[i] * gain[i];
            dx[i] = rstd * MathF.FusedMultiplyAdd(-normalised, meanGX, g - meanG);
        }
    }

    private static float FoldReference(Span<float> lanes)
    {
        for (int half = Lanes.Count / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}

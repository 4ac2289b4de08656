using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Layer normalisation of rows: y = x̂·gain + bias with x̂ = (x − mean)·rstd and rstd = 1/√(variance + ε).</summary>
/// <remarks>Sums follow <see cref="Lanes"/>. A norm without gain and bias is given empty spans for them.</remarks>
public static unsafe class LayerNorm
{
    /// <summary>PyTorch's default ε.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>Normalises a row and keeps its mean and rstd for the backward pass.</summary>
    /// <param name="x">(·, C).</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="bias">(C), or empty for 0.</param>
    /// <param name="y">(·, C) the result; may be <paramref name="x"/>.</param>
    /// <param name="row">Which row of x and y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Mean, float Rstd) Forward(Matrix x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Matrix y, int row)
    {
        int C = x.Columns, last = (C - 1) / Lanes.Count * Lanes.Count;
        float* x_row = x.Pointer + ((nint)row * x.Stride), y_row = y.Pointer + ((nint)row * y.Stride);

        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < last; i += Lanes.Count)
        {
            sum += Vector512.Load(x_row + i);
        }

        float mean = Lanes.Fold(sum + Lanes.LoadFirst(x_row + last, C - last)) / C;
        Vector512<float> means = Vector512.Create(mean);
        Vector512<float> squares = Vector512<float>.Zero;
        for (int i = 0; i < last; i += Lanes.Count)
        {
            Vector512<float> centred = Vector512.Load(x_row + i) - means;
            squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
        }

        Vector512<float> tail = Lanes.First(Vector512.Load(x_row + last) - means, C - last);
        float variance = Lanes.Fold(Vector512.FusedMultiplyAdd(tail, tail, squares)) / C;
        float rstd = 1 / MathF.Sqrt(variance + Epsilon);
        Vector512<float> rstds = Vector512.Create(rstd);
        fixed (float* gains = gain, biases = bias)
        {
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> normalised = (Vector512.Load(x_row + i) - means) * rstds;
                if (gains != null)
                {
                    normalised = Vector512.FusedMultiplyAdd(normalised, Vector512.Load(gains + i), Vector512.Load(biases + i));
                }

                normalised.Store(y_row + i);
            }
        }

        Vector512<float> normalisedTail = tail * rstds;
        if (!gain.IsEmpty)
        {
            normalisedTail = Vector512.FusedMultiplyAdd(normalisedTail, Lanes.Load(gain, last), Lanes.Load(bias, last));
        }

        normalisedTail.Store(y_row + last);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return (mean, rstd);
    }

    /// <summary>
    /// From dy makes dx in place, and adds to dgain and dbias. With g = dy·gain, dx = rstd·(g − mean(g) − x̂·mean(g·x̂)).
    /// </summary>
    /// <param name="dy">(·, C) the gradient at the output; its row becomes dx.</param>
    /// <param name="x">(·, C) what went in.</param>
    /// <param name="row">Which row of dy and x.</param>
    /// <param name="mean">The row's mean, from <see cref="Forward"/>.</param>
    /// <param name="rstd">The row's rstd, from <see cref="Forward"/>.</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="dGain">(C) added to; empty when gain is.</param>
    /// <param name="dBias">(C) added to; empty when gain is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        Matrix dy, Matrix x, int row, float mean, float rstd, ReadOnlySpan<float> gain, Span<float> dGain, Span<float> dBias)
    {
        int C = x.Columns, last = (C - 1) / Lanes.Count * Lanes.Count;
        float* x_row = x.Pointer + ((nint)row * x.Stride), dy_row = dy.Pointer + ((nint)row * dy.Stride);
        Vector512<float> means = Vector512.Create(mean), rstds = Vector512.Create(rstd);
        Vector512<float> sumG = Vector512<float>.Zero, sumGX = Vector512<float>.Zero;
        fixed (float* gains = gain, dGains = dGain, dBiases = dBias)
        {
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> g = Vector512.Load(dy_row + i), normalised = (Vector512.Load(x_row + i) - means) * rstds;
                if (gains != null)
                {
                    // in the forward pass this was: y = x̂·gain + bias
                    Vector512.FusedMultiplyAdd(g, normalised, Vector512.Load(dGains + i)).Store(dGains + i);
                    (Vector512.Load(dBiases + i) + g).Store(dBiases + i);
                    g *= Vector512.Load(gains + i);
                }

                sumG += g;
                sumGX = Vector512.FusedMultiplyAdd(g, normalised, sumGX);
            }

            // The same for what is left of the row; lanes past its end add nothing.
            Vector512<float> gTail = Lanes.LoadFirst(dy_row + last, C - last);
            Vector512<float> normalisedTail = Lanes.First((Vector512.Load(x_row + last) - means) * rstds, C - last);
            if (gains != null)
            {
                Lanes.Store(Vector512.FusedMultiplyAdd(gTail, normalisedTail, Lanes.Load(dGain, last)), dGain, last);
                Lanes.Store(Lanes.Load(dBias, last) + gTail, dBias, last);
                gTail *= Lanes.Load(gain, last);
            }

            Vector512<float> meanG = Vector512.Create(Lanes.Fold(sumG + gTail) / C);
            Vector512<float> meanGX = Vector512.Create(Lanes.Fold(Vector512.FusedMultiplyAdd(gTail, normalisedTail, sumGX)) / C);
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> g = gains == null ? Vector512.Load(dy_row + i) : Vector512.Load(dy_row + i) * Vector512.Load(gains + i);
                Vector512<float> normalised = (Vector512.Load(x_row + i) - means) * rstds;
                (rstds * Vector512.FusedMultiplyAdd(-normalised, meanGX, g - meanG)).Store(dy_row + i);
            }

            (rstds * Vector512.FusedMultiplyAdd(-normalisedTail, meanGX, gTail - meanG)).Store(dy_row + last);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(dy);
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

        float mean = Lanes.FoldReference(lanes) / x.Length;
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes.Count] = MathF.FusedMultiplyAdd(x[i] - mean, x[i] - mean, lanes[i % Lanes.Count]);
        }

        float rstd = 1 / MathF.Sqrt((Lanes.FoldReference(lanes) / x.Length) + Epsilon);
        for (int i = 0; i < x.Length; i++)
        {
            float normalised = (x[i] - mean) * rstd;
            y[i] = gain.IsEmpty ? normalised : MathF.FusedMultiplyAdd(normalised, gain[i], bias[i]);
        }

        return (mean, rstd);
    }

    /// <summary>The definition of <see cref="Backward"/>, one element at a time in the order of <see cref="Lanes"/>.</summary>
    public static void BackwardReference(
        Span<float> dy, ReadOnlySpan<float> x, float mean, float rstd, ReadOnlySpan<float> gain, Span<float> dGain, Span<float> dBias)
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

        float meanG = Lanes.FoldReference(sumG) / x.Length, meanGX = Lanes.FoldReference(sumGX) / x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            float normalised = (x[i] - mean) * rstd;
            float g = gain.IsEmpty ? dy[i] : dy[i] * gain[i];
            dy[i] = rstd * MathF.FusedMultiplyAdd(-normalised, meanGX, g - meanG);
        }
    }
}

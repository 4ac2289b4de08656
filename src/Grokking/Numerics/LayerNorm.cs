using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Layer normalisation of rows: y = x̂·gain + bias with x̂ = (x − mean)·rstd and rstd = 1/√(variance + ε).</summary>
/// <remarks>Sums follow <see cref="Lanes"/>. A norm without gain and bias is given empty spans for them.</remarks>
public static unsafe class LayerNorm
{
    /// <summary>PyTorch's default ε.</summary>
    public const float Epsilon = 1e-5f;

    // Rows of one round of the backward pass: they stay in the first-level cache for its three loops, and their two means on the stack.
    private const int Round = 32;

    /// <summary>Normalises the rows [first, first + count) and keeps their mean and rstd for the backward pass.</summary>
    /// <param name="x">(·, C).</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="bias">(C), or empty for 0.</param>
    /// <param name="y">(·, C) the result; may be <paramref name="x"/>.</param>
    /// <param name="mean">(·) written for the same rows.</param>
    /// <param name="rstd">(·) written for the same rows.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    public static void Forward(
        Matrix x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Matrix y, Span<float> mean, Span<float> rstd, int first, int count)
    {
        // Three short loops instead of one long one: each is a chain of dependent sums, and the core overlaps rows only while several fit
        // into its window.
        Means(x, mean, first, count);
        InverseDeviations(x, mean, rstd, first, count);
        fixed (float* gains = gain, biases = bias)
        {
            Normalize(x, gains, biases, y, mean, rstd, first, count);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>
    /// From dy makes dx in place, and adds to dgain and dbias in the order of the rows. With g = dy·gain,
    /// dx = rstd·(g − mean(g) − x̂·mean(g·x̂)).
    /// </summary>
    /// <param name="dy">(·, C) the gradient at the output; its rows [first, first + count) become dx.</param>
    /// <param name="x">(·, C) what went in.</param>
    /// <param name="mean">(·) from <see cref="Forward"/>.</param>
    /// <param name="rstd">(·) from <see cref="Forward"/>.</param>
    /// <param name="gain">(C), or empty for 1.</param>
    /// <param name="dGain">(C) added to; empty when gain is.</param>
    /// <param name="dBias">(C) added to; empty when gain is.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    public static void Backward(
        Matrix dy,
        Matrix x,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> rstd,
        ReadOnlySpan<float> gain,
        Span<float> dGain,
        Span<float> dBias,
        int first,
        int count)
    {
        Span<float> meanG = stackalloc float[Round], meanGX = stackalloc float[Round];
        fixed (float* gains = gain)
        {
            for (int start = first; start < first + count; start += Round)
            {
                int rows = Math.Min(Round, first + count - start);
                GradientMeans(dy, x, mean, rstd, gains, meanG, meanGX, start, rows);
                for (int i = 0; i < dGain.Length; i += Lanes.Count)
                {
                    AddAffineGradients(dy, x, start, rows, mean, rstd, dGain, dBias, i);
                }

                InputGradient(dy, x, mean, rstd, gains, meanG, meanGX, start, rows);
            }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Means(Matrix x, Span<float> mean, int first, int count)
    {
        int C = x.Columns, last = LastLanes(C);
        float* x_row = x.Pointer + ((nint)first * x.Stride);
        for (int row = first; row < first + count; row++)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int i = 0; i < last; i += Lanes.Count)
            {
                sum += Vector512.Load(x_row + i);
            }

            mean[row] = Lanes.Fold(sum + Lanes.LoadFirst(x_row + last, C - last)) / C;
            x_row += x.Stride;
        }
    }

    // 1/√(variance + ε) of each row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InverseDeviations(Matrix x, ReadOnlySpan<float> mean, Span<float> rstd, int first, int count)
    {
        int C = x.Columns, last = LastLanes(C);
        float* x_row = x.Pointer + ((nint)first * x.Stride);
        for (int row = first; row < first + count; row++)
        {
            Vector512<float> means = Vector512.Create(mean[row]), squares = Vector512<float>.Zero;
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> centred = Vector512.Load(x_row + i) - means;
                squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
            }

            Vector512<float> tail = Lanes.First(Vector512.Load(x_row + last) - means, C - last);
            float variance = Lanes.Fold(Vector512.FusedMultiplyAdd(tail, tail, squares)) / C;
            rstd[row] = 1 / MathF.Sqrt(variance + Epsilon);
            x_row += x.Stride;
        }
    }

    // The last lanes of x and y may be pads; gain and bias have none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize(
        Matrix x, float* gains, float* biases, Matrix y, ReadOnlySpan<float> mean, ReadOnlySpan<float> rstd, int first, int count)
    {
        int C = x.Columns, last = LastLanes(C);
        float* x_row = x.Pointer + ((nint)first * x.Stride), y_row = y.Pointer + ((nint)first * y.Stride);
        Vector512<float> gainTail = Tail(gains, C), biasTail = Tail(biases, C);
        for (int row = first; row < first + count; row++)
        {
            Vector512<float> means = Vector512.Create(mean[row]), rstds = Vector512.Create(rstd[row]);
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> normalised = (Vector512.Load(x_row + i) - means) * rstds;
                if (gains != null)
                {
                    normalised = Vector512.FusedMultiplyAdd(normalised, Vector512.Load(gains + i), Vector512.Load(biases + i));
                }

                normalised.Store(y_row + i);
            }

            Vector512<float> tail = (Vector512.Load(x_row + last) - means) * rstds;
            (gains == null ? tail : Vector512.FusedMultiplyAdd(tail, gainTail, biasTail)).Store(y_row + last);
            x_row += x.Stride;
            y_row += y.Stride;
        }
    }

    // Sixteen columns of dgain += Σ dy·x̂ and dbias += Σ dy, in registers from the first row to the last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAffineGradients(
        Matrix dy, Matrix x, int first, int count, ReadOnlySpan<float> mean, ReadOnlySpan<float> rstd, Span<float> dGain, Span<float> dBias, int column)
    {
        float* x_row = x.Pointer + ((nint)first * x.Stride) + column, dy_row = dy.Pointer + ((nint)first * dy.Stride) + column;
        Vector512<float> gains = Lanes.Load(dGain, column), biases = Lanes.Load(dBias, column);
        for (int row = first; row < first + count; row++)
        {
            // in the forward pass this was: y = x̂·gain + bias
            Vector512<float> g = Vector512.Load(dy_row);
            Vector512<float> normalised = (Vector512.Load(x_row) - Vector512.Create(mean[row])) * Vector512.Create(rstd[row]);
            gains = Vector512.FusedMultiplyAdd(g, normalised, gains);
            biases += g;
            x_row += x.Stride;
            dy_row += dy.Stride;
        }

        Lanes.Store(gains, dGain, column);
        Lanes.Store(biases, dBias, column);
    }

    // mean(g) and mean(g·x̂) of each row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientMeans(
        Matrix dy,
        Matrix x,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> rstd,
        float* gains,
        Span<float> meanG,
        Span<float> meanGX,
        int first,
        int count)
    {
        int C = x.Columns, last = LastLanes(C);
        float* x_row = x.Pointer + ((nint)first * x.Stride), dy_row = dy.Pointer + ((nint)first * dy.Stride);
        Vector512<float> gainTail = Tail(gains, C);
        for (int row = 0; row < count; row++)
        {
            Vector512<float> means = Vector512.Create(mean[first + row]), rstds = Vector512.Create(rstd[first + row]);
            Vector512<float> sumG = Vector512<float>.Zero, sumGX = Vector512<float>.Zero;
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> g = gains == null ? Vector512.Load(dy_row + i) : Vector512.Load(dy_row + i) * Vector512.Load(gains + i);
                Vector512<float> normalised = (Vector512.Load(x_row + i) - means) * rstds;
                sumG += g;
                sumGX = Vector512.FusedMultiplyAdd(g, normalised, sumGX);
            }

            // What is left of the row; lanes past its end add nothing.
            Vector512<float> gTail = Lanes.LoadFirst(dy_row + last, C - last);
            Vector512<float> normalisedTail = Lanes.First((Vector512.Load(x_row + last) - means) * rstds, C - last);
            gTail = gains == null ? gTail : gTail * gainTail;
            meanG[row] = Lanes.Fold(sumG + gTail) / C;
            meanGX[row] = Lanes.Fold(Vector512.FusedMultiplyAdd(gTail, normalisedTail, sumGX)) / C;
            x_row += x.Stride;
            dy_row += dy.Stride;
        }
    }

    // dx = rstd·(g − mean(g) − x̂·mean(g·x̂)) of each row, over dy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradient(
        Matrix dy,
        Matrix x,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> rstd,
        float* gains,
        ReadOnlySpan<float> meanG,
        ReadOnlySpan<float> meanGX,
        int first,
        int count)
    {
        int C = x.Columns, last = LastLanes(C);
        float* x_row = x.Pointer + ((nint)first * x.Stride), dy_row = dy.Pointer + ((nint)first * dy.Stride);
        Vector512<float> gainTail = Tail(gains, C);
        for (int row = 0; row < count; row++)
        {
            Vector512<float> means = Vector512.Create(mean[first + row]), rstds = Vector512.Create(rstd[first + row]);
            Vector512<float> meansG = Vector512.Create(meanG[row]), meansGX = Vector512.Create(meanGX[row]);
            for (int i = 0; i < last; i += Lanes.Count)
            {
                Vector512<float> g = gains == null ? Vector512.Load(dy_row + i) : Vector512.Load(dy_row + i) * Vector512.Load(gains + i);
                Vector512<float> normalised = (Vector512.Load(x_row + i) - means) * rstds;
                (rstds * Vector512.FusedMultiplyAdd(-normalised, meansGX, g - meansG)).Store(dy_row + i);
            }

            Vector512<float> gTail = gains == null ? Vector512.Load(dy_row + last) : Vector512.Load(dy_row + last) * gainTail;
            Vector512<float> normalisedTail = (Vector512.Load(x_row + last) - means) * rstds;
            (rstds * Vector512.FusedMultiplyAdd(-normalisedTail, meansGX, gTail - meansG)).Store(dy_row + last);
            x_row += x.Stride;
            dy_row += dy.Stride;
        }
    }

    // Where a row's last sixteen lanes begin, or what is left for them.
    private static int LastLanes(int columns) => (columns - 1) / Lanes.Count * Lanes.Count;

    // The last lanes of gain or bias, which have no pads; nothing where there is none.
    private static Vector512<float> Tail(float* affine, int columns)
    {
        int last = LastLanes(columns);
        return affine == null ? default : Lanes.Load(new ReadOnlySpan<float>(affine + last, columns - last), 0);
    }
}

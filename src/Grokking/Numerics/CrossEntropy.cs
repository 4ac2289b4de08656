using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Softmax cross-entropy of one row of logits: loss = log Σ exp(x_v) − x_target, in nats.</summary>
/// <remarks>
/// Computed in double from float logits. In float a well-learnt row underflows to a loss and a gradient of exactly 0, which sets off the
/// loss spikes that Nanda et al. 2023 (D.2) trace to low precision. Element v is summed in lane v mod 8, then the lanes are folded.
/// </remarks>
public static unsafe class CrossEntropy
{
    /// <summary>The loss of a row and its gradient.</summary>
    /// <param name="logits">(≥ rows, V).</param>
    /// <param name="row">Which row.</param>
    /// <param name="target">The right token, in [0, V).</param>
    /// <param name="weight">Factor of the gradient: 1 / (number of scored tokens) makes it that of the mean loss.</param>
    /// <param name="exponentials">Scratch of at least V rounded up to 16.</param>
    /// <returns>The loss, and whether the target has the largest logit (the first of equals counts).</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Loss, bool Correct) ForwardBackward(Matrix logits, int row, int target, double weight, Span<double> exponentials)
    {
        float* x = logits.Pointer + ((nint)row * logits.Stride);
        (double loss, bool correct, double sum) = Forward(x, logits.Columns, target, exponentials);

        // d loss / d x_v = softmax_v − [v = target]
        fixed (double* e = exponentials)
        {
            Vector512<double> share = Vector512.Create(weight / sum);
            double atTarget = (e[target] * (weight / sum)) - weight;
            for (int v = 0; v < logits.Columns; v += Lanes.Count)
            {
                Vector512.Narrow(Vector512.Load(e + v) * share, Vector512.Load(e + v + 8) * share).Store(x + v);
            }

            x[target] = (float)atTarget;
        }

        GC.KeepAlive(logits);
        return (loss, correct);
    }

    /// <summary>The loss of a row; the logits stay.</summary>
    /// <inheritdoc cref="ForwardBackward"/>
    public static (double Loss, bool Correct) Forward(Matrix logits, int row, int target, Span<double> exponentials)
    {
        (double loss, bool correct, _) = Forward(logits.Pointer + ((nint)row * logits.Stride), logits.Columns, target, exponentials);
        GC.KeepAlive(logits);
        return (loss, correct);
    }

    /// <summary>The definition, one element at a time: the loss, and the gradient over the logits.</summary>
    public static double Reference(ReadOnlySpan<float> logits, int target, double weight, Span<float> gradient)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = MathF.Max(max, logit);
        }

        Span<double> lanes = stackalloc double[8];
        lanes.Clear();
        for (int v = 0; v < logits.Length; v++)
        {
            lanes[v % 8] += Elementary.Exp((double)logits[v] - max);
        }

        double sum = Lanes.FoldReference(lanes);
        for (int v = 0; v < logits.Length; v++)
        {
            double share = Elementary.Exp((double)logits[v] - max) * (weight / sum);
            gradient[v] = (float)(v == target ? share - weight : share);
        }

        return Elementary.Log(sum) - ((double)logits[target] - max);
    }

    /// <summary>The largest of V logits; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max(float* x, int V)
    {
        Vector512<float> maxima = Vector512.Create(float.NegativeInfinity);
        for (int v = 0; v < V; v += Lanes.Count)
        {
            maxima = Vector512.Max(Inside(x, v, V), maxima);
        }

        // The largest is the same in any order.
        Vector256<float> eight = Vector256.Max(maxima.GetLower(), maxima.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }

    /// <summary>Sixteen of V logits from <paramref name="start"/> on; −∞, whose exponential is 0, past the end of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Inside(float* x, int start, int V)
    {
        Vector512<float> inside = Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)(V - start)));
        return Vector512.ConditionalSelect(inside, Vector512.Load(x + start), Vector512.Create(float.NegativeInfinity));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Loss, bool Correct, double Sum) Forward(float* x, int V, int target, Span<double> exponentials)
    {
        float max = Max(x, V);
        Vector512<double> shift = Vector512.Create((double)max), sums = Vector512<double>.Zero;
        fixed (double* e = exponentials)
        {
            for (int v = 0; v < V; v += Lanes.Count)
            {
                (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Inside(x, v, V));
                lower = Elementary.Exp(lower - shift);
                upper = Elementary.Exp(upper - shift);
                lower.Store(e + v);
                upper.Store(e + v + 8);
                sums += lower;
                sums += upper;
            }
        }

        double sum = Lanes.Fold(sums);
        bool correct = x[target] == max;
        for (int v = 0; v < target && correct; v++)
        {
            correct = x[v] != max;
        }

        return (Elementary.Log(sum) - ((double)x[target] - max), correct, sum);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// Cross-entropy of StableMax, one row: loss = log Σ s(x_v) − log s(x_target), s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below (Prieto et al. 2025, §4).
/// Without an exponential no class is absorbed: the loss is &gt; 0 while s(x_target) is less than 10¹³ times what all others have together.
/// </summary>
/// <remarks>Computed in double from float logits. Element v is summed in lane v mod 8, then the lanes are folded.</remarks>
public static unsafe class StableMax
{
    /// <summary>The loss of a row and its gradient.</summary>
    /// <param name="logits">(≥ rows, V).</param>
    /// <param name="row">Which row; becomes the gradient.</param>
    /// <param name="target">The right class, in [0, V).</param>
    /// <param name="weight">Factor of the gradient: 1 / (number of scored rows) makes it that of the mean loss.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ForwardBackward(Matrix logits, int row, int target, double weight)
    {
        float* x = logits.Pointer + ((nint)row * logits.Stride);
        int V = logits.Columns;
        double sum = Sum(x, V), logit = x[target];

        // d loss / d x_v = s′(x_v)/Σ s − [v = target]·s′(x_target)/s(x_target)
        Vector512<double> factor = Vector512.Create(weight / sum);
        for (int v = 0; v < V; v += Lanes.Count)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(x + v));
            Vector512.Narrow(Slope(lower) * factor, Slope(upper) * factor).Store(x + v);
        }

        double slope = Slope(logit);
        x[target] = (float)((slope * (weight / sum)) - (slope * (weight / Height(logit))));
        GC.KeepAlive(logits);
        return Elementary.Log(sum) - Elementary.Log(Height(logit));
    }

    /// <summary>The loss of a row; the logits stay.</summary>
    /// <inheritdoc cref="ForwardBackward"/>
    public static double Forward(Matrix logits, int row, int target)
    {
        float* x = logits.Pointer + ((nint)row * logits.Stride);
        double loss = Elementary.Log(Sum(x, logits.Columns)) - Elementary.Log(Height(x[target]));
        GC.KeepAlive(logits);
        return loss;
    }

    /// <summary>The definition, one element at a time: the loss, and the gradient over the logits.</summary>
    public static double Reference(ReadOnlySpan<float> logits, int target, double weight, Span<float> gradient)
    {
        Span<double> lanes = stackalloc double[8];
        lanes.Clear();
        for (int v = 0; v < logits.Length; v++)
        {
            lanes[v % 8] += Height(logits[v]);
        }

        double sum = Lanes.FoldReference(lanes);
        for (int v = 0; v < logits.Length; v++)
        {
            double share = Slope(logits[v]) * (weight / sum);
            gradient[v] = (float)(v == target ? share - (Slope(logits[v]) * (weight / Height(logits[v]))) : share);
        }

        return Elementary.Log(sum) - Elementary.Log(Height(logits[target]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(float* x, int V)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        for (int v = 0; v < V; v += Lanes.Count)
        {
            // Past the end of the row stands −∞, whose s is 0.
            Vector512<float> inside = Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)(V - v)));
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(
                Vector512.ConditionalSelect(inside, Vector512.Load(x + v), Vector512.Create(float.NegativeInfinity)));
            sums += Height(lower);
            sums += Height(upper);
        }

        return Lanes.Fold(sums);
    }

    // s(x).
    private static double Height(double x) => x >= 0 ? x + 1 : 1 / (1 - x);

    private static Vector512<double> Height(Vector512<double> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), x + Vector512<double>.One, Vector512<double>.One / (Vector512<double>.One - x));

    // s′(x): 1, or 1/(1 − x)².
    private static double Slope(double x) => x >= 0 ? 1 : 1 / ((1 - x) * (1 - x));

    private static Vector512<double> Slope(Vector512<double> x)
    {
        Vector512<double> below = Vector512<double>.One - x;
        return Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), Vector512<double>.One, Vector512<double>.One / (below * below));
    }
}

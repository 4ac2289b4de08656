using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// Softmax cross-entropy of one row of logits in float from end to end, as PyTorch's <c>log_softmax</c> has it:
/// log p_v = (x_v − max) − log Σ exp(x_u − max), loss = −log p_target.
/// </summary>
/// <remarks>
/// Where all others together are less than half an ulp of 1, that is from a gap of about 17 on, the sum is exactly 1, and so are the right class's
/// loss and gradient exactly 0: the softmax collapse of Prieto et al. 2025. <see cref="CrossEntropy"/> has none before 37.
/// Element v is summed in lane v mod 16, then the lanes are folded.
/// </remarks>
public static unsafe class FloatCrossEntropy
{
    /// <summary>The loss of a row and its gradient.</summary>
    /// <param name="logits">(≥ rows, V).</param>
    /// <param name="row">Which row; becomes the gradient.</param>
    /// <param name="target">The right class, in [0, V).</param>
    /// <param name="weight">Factor of the gradient: 1 / (number of scored rows) makes it that of the mean loss.</param>
    /// <returns>The loss in nats: 0, or at least 10⁻⁷.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ForwardBackward(Matrix logits, int row, int target, double weight)
    {
        float* x = logits.Pointer + ((nint)row * logits.Stride);
        int V = logits.Columns;
        (float max, float logSum) = Forward(x, V);
        float loss = logSum - (x[target] - max);

        // d loss / d x_v = p_v − [v = target], from log p as autograd has it: at a log p of 0 the right class's is exactly 0.
        float scale = (float)weight;
        for (int v = 0; v < V; v += Lanes.Count)
        {
            Vector512<float> logShares = CrossEntropy.Inside(x, v, V) - Vector512.Create(max) - Vector512.Create(logSum);
            (Elementary.Exp(logShares) * Vector512.Create(scale)).Store(x + v);
        }

        x[target] -= scale;
        GC.KeepAlive(logits);
        return loss;
    }

    /// <summary>The loss of a row; the logits stay.</summary>
    /// <inheritdoc cref="ForwardBackward"/>
    public static float Forward(Matrix logits, int row, int target)
    {
        float* x = logits.Pointer + ((nint)row * logits.Stride);
        (float max, float logSum) = Forward(x, logits.Columns);
        float loss = logSum - (x[target] - max);
        GC.KeepAlive(logits);
        return loss;
    }

    /// <summary>The definition, one element at a time: the loss, and the gradient over the logits.</summary>
    public static float Reference(ReadOnlySpan<float> logits, int target, double weight, Span<float> gradient)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = MathF.Max(max, logit);
        }

        Span<float> lanes = stackalloc float[Lanes.Count];
        lanes.Clear();
        for (int v = 0; v < logits.Length; v++)
        {
            lanes[v % Lanes.Count] += Elementary.Exp(logits[v] - max);
        }

        float logSum = Elementary.Log(Lanes.FoldReference(lanes));
        for (int v = 0; v < logits.Length; v++)
        {
            float share = Elementary.Exp(logits[v] - max - logSum) * (float)weight;
            gradient[v] = v == target ? share - (float)weight : share;
        }

        return logSum - (logits[target] - max);
    }

    // max x, and log Σ exp(x_v − max).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Max, float LogSum) Forward(float* x, int V)
    {
        float max = CrossEntropy.Max(x, V);
        Vector512<float> sums = Vector512<float>.Zero;
        for (int v = 0; v < V; v += Lanes.Count)
        {
            sums += Elementary.Exp(CrossEntropy.Inside(x, v, V) - Vector512.Create(max));
        }

        return (max, Elementary.Log(Lanes.Fold(sums)));
    }
}

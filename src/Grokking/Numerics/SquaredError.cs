using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Squared error of one row of outputs against the vector that stands for its class: loss = Σ_v (x_v − t_v)²/V, of one class t is one-hot or a template.</summary>
/// <remarks>Differences and their squares are double. Element v is summed in lane v mod 8, then the lanes are folded.</remarks>
public static unsafe class SquaredError
{
    /// <summary>The loss of a row and its gradient.</summary>
    /// <param name="outputs">(≥ rows, V).</param>
    /// <param name="row">Which row; becomes the gradient.</param>
    /// <param name="templates">(classes, V) the vectors of all classes.</param>
    /// <param name="target">The right class.</param>
    /// <param name="weight">Factor of the gradient: 1 / (number of scored rows) makes it that of the mean loss.</param>
    public static double ForwardBackward(Matrix outputs, int row, Matrix templates, int target, double weight) =>
        Pass(outputs, row, templates, target, weight, backward: true);

    /// <summary>The loss of a row; the outputs stay.</summary>
    /// <inheritdoc cref="ForwardBackward"/>
    public static double Forward(Matrix outputs, int row, Matrix templates, int target) => Pass(outputs, row, templates, target, weight: 0, backward: false);

    /// <summary>The definition, one element at a time: the loss, and the gradient over the outputs.</summary>
    public static double Reference(ReadOnlySpan<float> outputs, ReadOnlySpan<float> template, double weight, Span<float> gradient)
    {
        Span<double> lanes = stackalloc double[8];
        lanes.Clear();
        for (int v = 0; v < outputs.Length; v++)
        {
            double difference = (double)outputs[v] - template[v];
            lanes[v % 8] = Math.FusedMultiplyAdd(difference, difference, lanes[v % 8]);
            gradient[v] = (float)(difference * (2 * weight / outputs.Length));
        }

        return Lanes.FoldReference(lanes) / outputs.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Pass(Matrix outputs, int row, Matrix templates, int target, double weight, bool backward)
    {
        float* x = outputs.Pointer + ((nint)row * outputs.Stride), t = templates.Pointer + ((nint)target * templates.Stride);
        int V = outputs.Columns;
        Vector512<double> sums = Vector512<double>.Zero, factor = Vector512.Create(2 * weight / V);
        for (int v = 0; v < V; v += Lanes.Count)
        {
            // Past the end of a row both are 0.
            int inside = Math.Min(V - v, Lanes.Count);
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Lanes.LoadFirst(x + v, inside));
            (Vector512<double> lowerTarget, Vector512<double> upperTarget) = Vector512.Widen(Lanes.LoadFirst(t + v, inside));
            lower -= lowerTarget;
            upper -= upperTarget;
            sums = Vector512.FusedMultiplyAdd(lower, lower, sums);
            sums = Vector512.FusedMultiplyAdd(upper, upper, sums);
            if (backward)
            {
                Vector512.Narrow(lower * factor, upper * factor).Store(x + v);
            }
        }

        GC.KeepAlive(outputs);
        GC.KeepAlive(templates);
        return Lanes.Fold(sums) / V;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>The activation y = x + (ε/2)·x² of Kumar et al. 2024: linear at ε = 0, and the further from it the larger ε.</summary>
public static unsafe class LinearQuadratic
{
    /// <summary>Writes the activations of the rows [first, first + count).</summary>
    /// <param name="x">Before.</param>
    /// <param name="y">After; the shape of x.</param>
    /// <param name="curvature">ε.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix x, Matrix y, float curvature, int first, int count)
    {
        var half = Vector512.Create(curvature / 2);
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), y_row = y.Pointer + ((nint)row * y.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Vector512<float> lanes = Vector512.Load(x_row + i);
                Vector512.FusedMultiplyAdd(half * lanes, lanes, lanes).Store(y_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>dx = (1 + ε·x)·dy, in place over dy, for the rows [first, first + count).</summary>
    /// <param name="x">Before the activation.</param>
    /// <param name="dy">Becomes dx.</param>
    /// <param name="curvature">ε.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix x, Matrix dy, float curvature, int first, int count)
    {
        var epsilon = Vector512.Create(curvature);
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), dy_row = dy.Pointer + ((nint)row * dy.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Vector512<float> slope = Vector512.FusedMultiplyAdd(epsilon, Vector512.Load(x_row + i), Vector512<float>.One);
                (Vector512.Load(dy_row + i) * slope).Store(dy_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(dy);
    }

    /// <summary>The definition of <see cref="Forward"/>, one element.</summary>
    public static float Reference(float x, float curvature) => MathF.FusedMultiplyAdd(curvature / 2 * x, x, x);
}

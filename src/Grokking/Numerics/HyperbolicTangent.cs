using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>The activation y = tanh x.</summary>
public static unsafe class HyperbolicTangent
{
    /// <summary>y = tanh x, in place, for the rows [first, first + count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix x, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Elementary.Tanh(Vector512.Load(x_row + i)).Store(x_row + i);
            }
        }

        GC.KeepAlive(x);
    }

    /// <summary>dx = dy·(1 − y²), in place over dy, for the rows [first, first + count).</summary>
    /// <param name="y">The output of <see cref="Forward"/>.</param>
    /// <param name="dy">Becomes dx.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix y, Matrix dy, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            float* y_row = y.Pointer + ((nint)row * y.Stride), dy_row = dy.Pointer + ((nint)row * dy.Stride);
            for (int i = 0; i < y.Columns; i += Lanes.Count)
            {
                Vector512<float> lanes = Vector512.Load(y_row + i);
                (Vector512.Load(dy_row + i) * Vector512.FusedMultiplyAdd(-lanes, lanes, Vector512<float>.One)).Store(dy_row + i);
            }
        }

        GC.KeepAlive(y);
        GC.KeepAlive(dy);
    }

    /// <summary>The definition of <see cref="Forward"/>, one element.</summary>
    public static float Reference(float x) => Elementary.Tanh(x);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>The quadratic activation y = x² of Gromov 2023.</summary>
public static unsafe class Square
{
    /// <summary>Writes the activations of the rows [first, first + count).</summary>
    /// <param name="x">Before.</param>
    /// <param name="y">After; the shape of x.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix x, Matrix y, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), y_row = y.Pointer + ((nint)row * y.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Vector512<float> lanes = Vector512.Load(x_row + i);
                (lanes * lanes).Store(y_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>dx = 2x·dy, in place over dy, for the rows [first, first + count).</summary>
    /// <param name="x">Before the activation.</param>
    /// <param name="dy">Becomes dx.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix x, Matrix dy, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), dy_row = dy.Pointer + ((nint)row * dy.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Vector512<float> lanes = Vector512.Load(x_row + i);
                (Vector512.Load(dy_row + i) * (lanes + lanes)).Store(dy_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(dy);
    }

    /// <summary>The definition of <see cref="Forward"/>, one element.</summary>
    public static float Reference(float x) => x * x;
}

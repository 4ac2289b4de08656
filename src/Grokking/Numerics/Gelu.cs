using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>GELU in the tanh form, y = ½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³) (Hendrycks and Gimpel 2016).</summary>
public static unsafe class Gelu
{
    private const float Scale = 0.7978845608f;
    private const float Cubic = 0.044715f;

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
                Vector512<float> half = lanes * Vector512.Create(0.5f);
                Vector512.FusedMultiplyAdd(half, Elementary.Tanh(Inner(lanes)), half).Store(y_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>dx = dy·(½(1 + tanh u) + ½x(1 − tanh² u)·u′), in place over dy, for the rows [first, first + count).</summary>
    /// <param name="x">Before the activation.</param>
    /// <param name="dy">Becomes dx.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix x, Matrix dy, int first, int count)
    {
        Vector512<float> half = Vector512.Create(0.5f);
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), dy_row = dy.Pointer + ((nint)row * dy.Stride);
            for (int i = 0; i < x.Columns; i += Lanes.Count)
            {
                Vector512<float> lanes = Vector512.Load(x_row + i);
                Vector512<float> tanh = Elementary.Tanh(Inner(lanes));

                // u' = √(2/π)(1 + 3·0.044715x²)
                Vector512<float> slope = Vector512.FusedMultiplyAdd(Vector512.Create(3 * Cubic * Scale) * lanes, lanes, Vector512.Create(Scale));
                Vector512<float> sech2 = Vector512.FusedMultiplyAdd(-tanh, tanh, Vector512<float>.One);
                Vector512<float> derivative = Vector512.FusedMultiplyAdd(half * lanes * sech2, slope, Vector512.FusedMultiplyAdd(half, tanh, half));
                (Vector512.Load(dy_row + i) * derivative).Store(dy_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(dy);
    }

    /// <summary>The definition of <see cref="Forward"/>, one element.</summary>
    public static float Reference(float x)
    {
        float u = x * MathF.FusedMultiplyAdd(Scale * Cubic * x, x, Scale);
        return MathF.FusedMultiplyAdd(x * 0.5f, Elementary.Tanh(u), x * 0.5f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Inner(Vector512<float> x) =>
        x * Vector512.FusedMultiplyAdd(Vector512.Create(Scale * Cubic) * x, x, Vector512.Create(Scale));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>GELU in the tanh form, y = ½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³) (Hendrycks and Gimpel 2016).</summary>
public static class Gelu
{
    private const float Scale = 0.7978845608f;
    private const float Cubic = 0.044715f;

    /// <summary>Writes the activations of a row.</summary>
    /// <param name="x">(C) before.</param>
    /// <param name="y">(C) after.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            Vector512<float> lanes = Lanes.Load(x, i);
            Vector512<float> tanh = Elementary.Tanh(Inner(lanes));
            Vector512<float> half = lanes * Vector512.Create(0.5f);
            Lanes.Store(Vector512.FusedMultiplyAdd(half, tanh, half), y, i);
        }
    }

    /// <summary>dx = dy·(½(1 + tanh u) + ½x(1 − tanh² u)·u′), in place over dy.</summary>
    /// <param name="x">(C) before the activation.</param>
    /// <param name="dy">(C) becomes dx.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<float> x, Span<float> dy)
    {
        Vector512<float> one = Vector512<float>.One, half = Vector512.Create(0.5f);
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            Vector512<float> lanes = Lanes.Load(x, i);
            Vector512<float> tanh = Elementary.Tanh(Inner(lanes));

            // u' = √(2/π)(1 + 3·0.044715x²)
            Vector512<float> slope = Vector512.FusedMultiplyAdd(Vector512.Create(3 * Cubic * Scale) * lanes, lanes, Vector512.Create(Scale));
            Vector512<float> sech2 = Vector512.FusedMultiplyAdd(-tanh, tanh, one);
            Vector512<float> derivative = Vector512.FusedMultiplyAdd(half * lanes * sech2, slope, Vector512.FusedMultiplyAdd(half, tanh, half));
            Lanes.Store(Lanes.Load(dy, i) * derivative, dy, i);
        }
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

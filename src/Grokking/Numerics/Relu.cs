using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>The rectifier, y = max(x, 0).</summary>
public static class Relu
{
    /// <summary>y = max(x, 0), in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Span<float> x)
    {
        for (int i = 0; i < x.Length; i += Lanes.Count)
        {
            Vector512<float> lanes = Lanes.Load(x, i);
            Lanes.Store(Vector512.ConditionalSelect(Vector512.GreaterThan(lanes, Vector512<float>.Zero), lanes, Vector512<float>.Zero), x, i);
        }
    }

    /// <summary>dx = dy where y &gt; 0, else 0; in place over dy.</summary>
    /// <param name="y">(C) the output of <see cref="Forward"/>.</param>
    /// <param name="dy">(C) becomes dx.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<float> y, Span<float> dy)
    {
        for (int i = 0; i < y.Length; i += Lanes.Count)
        {
            Vector512<float> open = Vector512.GreaterThan(Lanes.Load(y, i), Vector512<float>.Zero);
            Lanes.Store(Vector512.ConditionalSelect(open, Lanes.Load(dy, i), Vector512<float>.Zero), dy, i);
        }
    }

    /// <summary>The definition of <see cref="Forward"/>; NaN gives 0.</summary>
    public static float Reference(float x) => x > 0 ? x : 0;
}

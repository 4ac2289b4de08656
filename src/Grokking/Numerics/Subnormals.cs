using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// Values too small for a normal float, taken for 0. A decaying weight never gets past the smallest of them, for 0.95 times it rounds to itself, and
/// arithmetic on them is about a hundred times slower: a network whose units die out would come to a halt.
/// </summary>
public static class Subnormals
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>The value, or 0 in the place of a subnormal one. NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Flush(float x) => MathF.Abs(x) < SmallestNormal ? 0f : x;

    /// <inheritdoc cref="Flush(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Flush(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SmallestNormal)), Vector512<float>.Zero, x);

    /// <summary>Copies, with 0 in the place of what is smaller than <paramref name="smallest"/> without its sign. NaN stays.</summary>
    public static void CopyWithout(float smallest, ReadOnlySpan<float> from, Span<float> to)
    {
        var bound = Vector512.Create(smallest);
        for (int i = 0; i < from.Length; i += Lanes.Count)
        {
            Vector512<float> x = Lanes.Load(from, i);
            Lanes.Store(Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), bound), Vector512<float>.Zero, x), to, i);
        }
    }
}

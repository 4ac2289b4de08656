using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// The one pattern of every sum over a row: element i is added to lane i mod 16 in ascending order, then the lanes are folded in halves,
/// 16 → 8 → 4 → 2 → 1, the lower half plus the upper. The pattern is in the code, not in the CPU, so a sum has the same bits everywhere.
/// </summary>
internal static class Lanes
{
    /// <summary>Lanes of the pattern.</summary>
    public const int Count = 16;

    /// <summary>The sixteen elements of a row from <paramref name="start"/>; zeros past its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ReadOnlySpan<float> row, int start) =>
        start + Count <= row.Length ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)start) : LoadTail(row[start..]);

    /// <summary>Writes lanes to a row from <paramref name="start"/>, as far as the row goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> lanes, Span<float> row, int start)
    {
        if (start + Count <= row.Length)
        {
            lanes.StoreUnsafe(ref MemoryMarshal.GetReference(row), (nuint)start);
        }
        else
        {
            StoreTail(lanes, row[start..]);
        }
    }

    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3)); // Vector64 would be emulated on x64
        return two[0] + two[1];
    }

    /// <summary>The sum of eight double lanes, folded 8 → 4 → 2 → 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>Σ x_i·y_i over two rows of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < x.Length; i += Count)
        {
            sum = Vector512.FusedMultiplyAdd(Load(x, i), Load(y, i), sum);
        }

        return Fold(sum);
    }

    /// <summary>The same of two rows of equal length, each of a <see cref="Matrix"/>.</summary>
    public static unsafe float Dot(Matrix x, int xRow, Matrix y, int yRow)
    {
        float dot = Dot(x.Pointer + ((nint)xRow * x.Stride), y.Pointer + ((nint)yRow * y.Stride), x.Columns);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return dot;
    }

    /// <summary>The same of the first <paramref name="count"/> elements of two rows of matrices. It reads whole lanes: the rows' pads allow it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float Dot(float* x, float* y, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i + Count <= count; i += Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
        }

        if (i < count)
        {
            sum = Vector512.FusedMultiplyAdd(LoadFirst(x + i, count - i), LoadFirst(y + i, count - i), sum);
        }

        return Fold(sum);
    }

    /// <summary>y += x over two rows of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i += Count)
        {
            Store(Load(y, i) + Load(x, i), y, i);
        }
    }

    /// <summary>The definition of <see cref="Fold(Vector512{float})"/>; overwrites the lanes.</summary>
    public static float FoldReference(Span<float> lanes)
    {
        for (int half = Count / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    /// <summary>The definition of <see cref="Fold(Vector512{double})"/>, for any power of two of lanes; overwrites them.</summary>
    public static double FoldReference(Span<double> lanes)
    {
        for (int half = lanes.Length / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    /// <summary>The first <paramref name="count"/> lanes; zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> lanes, int count) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)count)), lanes, Vector512<float>.Zero);

    /// <summary>
    /// The first <paramref name="count"/> elements of a row of a <see cref="Matrix"/>, zeros after them. It reads sixteen: the row's pad allows it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadFirst(float* x, int count) => First(Vector512.Load(x), count);

    private static Vector512<float> LoadTail(ReadOnlySpan<float> tail)
    {
        Span<float> lanes = stackalloc float[Count];
        lanes.Clear();
        tail.CopyTo(lanes);
        return Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(lanes));
    }

    private static void StoreTail(Vector512<float> lanes, Span<float> tail)
    {
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = lanes[i];
        }
    }
}

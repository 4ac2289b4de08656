using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Sums and products of whole rows: residual connections, biases, and rows that several others share.</summary>
/// <remarks>Rows are taken in order, so a row that is added to more than once has one order of additions.</remarks>
public static unsafe class RowSums
{
    /// <summary>y[row] += x[row] for the rows [first, first + count).</summary>
    public static void Add(Matrix x, Matrix y, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            Add(x, row, y, row);
        }
    }

    /// <summary>y[row] += x[from[row]] for the rows [first, first + count).</summary>
    public static void AddGathered(Matrix x, ReadOnlySpan<int> from, Matrix y, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            Add(x, from[row], y, row);
        }
    }

    /// <summary>y[to[row]] += x[row] for the first <paramref name="count"/> rows in order.</summary>
    public static void AddScattered(Matrix x, ReadOnlySpan<int> to, Matrix y, int count)
    {
        for (int row = 0; row < count; row++)
        {
            Add(x, row, y, to[row]);
        }
    }

    /// <summary>y[row] *= x[row] for the rows [first, first + count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Matrix x, Matrix y, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            float* x_row = x.Pointer + ((nint)row * x.Stride), y_row = y.Pointer + ((nint)row * y.Stride);
            for (int i = 0; i < y.Columns; i += Lanes.Count)
            {
                (Vector512.Load(y_row + i) * Vector512.Load(x_row + i)).Store(y_row + i);
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Matrix x, int xRow, Matrix y, int yRow)
    {
        float* x_row = x.Pointer + ((nint)xRow * x.Stride), y_row = y.Pointer + ((nint)yRow * y.Stride);
        for (int i = 0; i < y.Columns; i += Lanes.Count)
        {
            (Vector512.Load(y_row + i) + Vector512.Load(x_row + i)).Store(y_row + i);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }
}

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

    /// <summary>y[row] += x for the rows [first, first + count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddToEach(ReadOnlySpan<float> x, Matrix y, int first, int count)
    {
        for (int i = 0; i < y.Columns; i += Lanes.Count)
        {
            Vector512<float> x_i = Lanes.Load(x, i);
            float* y_row = y.Pointer + ((nint)first * y.Stride) + i;
            for (int row = 0; row < count; row++)
            {
                (Vector512.Load(y_row) + x_i).Store(y_row);
                y_row += y.Stride;
            }
        }

        GC.KeepAlive(y);
    }

    /// <summary>y += x[row] for the first <paramref name="count"/> rows in order: each element waits in a register for the whole sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddEach(Matrix x, int count, Span<float> y)
    {
        for (int i = 0; i < x.Columns; i += Lanes.Count)
        {
            Vector512<float> sum = Lanes.Load(y, i);
            float* x_row = x.Pointer + i;
            for (int row = 0; row < count; row++)
            {
                sum += Vector512.Load(x_row);
                x_row += x.Stride;
            }

            Lanes.Store(sum, y, i);
        }

        GC.KeepAlive(x);
    }

    /// <summary>y[yRow] += c·x[xRow], one rounding an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float c, Matrix x, int xRow, Matrix y, int yRow)
    {
        float* x_row = x.Pointer + ((nint)xRow * x.Stride), y_row = y.Pointer + ((nint)yRow * y.Stride);
        var factor = Vector512.Create(c);
        for (int i = 0; i < y.Columns; i += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x_row + i), Vector512.Load(y_row + i)).Store(y_row + i);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
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

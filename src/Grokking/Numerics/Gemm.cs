using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Matrix products of the model: C (+)= A·B for activations, C = Aᵀ·B for weight gradients.</summary>
/// <remarks>
/// Each element of C adds its K products in the order k = 0, 1, … by fused multiply-add, starting from 0 or, when accumulating, from its old
/// value. So every path, whatever its vectors and tiles, has the bits of <see cref="Reference"/>.
/// </remarks>
public static unsafe partial class Gemm
{
    /// <summary>Rows of a buffer that a tile may overhang are rounded up to this.</summary>
    internal const int RowMultiple = 8;

    /// <summary>Columns of a buffer that a tile may overhang are rounded up to this.</summary>
    internal const int ColumnMultiple = 32;

    // Products of one block of a sum: 128 rows of a panel are 16 KiB.
    private const int SumBlock = 128;

    // Columns of a half tile of AVX-512, which is enough where a product ends.
    private const int HalfPanel = 16;

    /// <summary>Columns of one tile, and of one panel of a <see cref="PackedMatrix"/>.</summary>
    internal static int PanelWidth => Vector512.IsHardwareAccelerated ? 32 : 16;

    /// <summary>The definition, one multiply-add at a time: c[m, n] (+)= Σ_k a[m, k]·b[k, n]. Tests hold every other path to it.</summary>
    /// <param name="a">(M, K) row-major.</param>
    /// <param name="b">(K, N) row-major.</param>
    /// <param name="c">(M, N) row-major.</param>
    /// <param name="M">Rows of a and c.</param>
    /// <param name="K">Columns of a, rows of b.</param>
    /// <param name="N">Columns of b and c.</param>
    /// <param name="accumulate">Whether the sum starts from the old c.</param>
    public static void Reference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int M, int K, int N, bool accumulate = false)
    {
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                float sum = accumulate ? c[(m * N) + n] : 0;
                for (int k = 0; k < K; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(m * K) + k], b[(k * N) + n], sum);
                }

                c[(m * N) + n] = sum;
            }
        }
    }

    /// <summary>c (+)= a·b for the rows [first, first + count).</summary>
    /// <param name="a">(≥ first + count, b.Rows).</param>
    /// <param name="b">The packed weights.</param>
    /// <param name="c">(≥ first + count, b.Columns); its pad columns and up to 7 rows after the last are overwritten.</param>
    /// <param name="first">The first row, a multiple of 8.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="accumulate">Whether the sum starts from the old c.</param>
    public static void Multiply(Matrix a, PackedMatrix b, Matrix c, int first, int count, bool accumulate = false)
    {
        Debug.Assert(a.Columns == b.Rows && c.Columns == b.Columns, "Shapes do not fit.");
        Debug.Assert(first % RowMultiple == 0 && first + count <= a.Rows && first + count <= c.Rows, "Rows are out of range.");
        float* a_first = a.Pointer + ((nint)first * a.Stride);
        float* c_first = c.Pointer + ((nint)first * c.Stride);
        Tiles(a_first, a.Stride, 1, b.Pointer, PanelWidth, (nint)b.Rows * PanelWidth, c_first, c.Stride, count, b.Rows, b.Columns, accumulate);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
    }

    /// <summary>c = aᵀ·b summed over the first <paramref name="rows"/> rows of both: the gradient of W in y = x·W is xᵀ·dy.</summary>
    /// <param name="a">(≥ rows, M).</param>
    /// <param name="b">(≥ rows, N).</param>
    /// <param name="rows">Length of each sum.</param>
    /// <param name="c">(M, N) row-major, without pads.</param>
    /// <param name="scratch">(≥ M, ≥ N) holds overhanging tiles where M or N is no multiple of the tile.</param>
    public static void MultiplyTransposed(Matrix a, Matrix b, int rows, Span<float> c, Matrix scratch)
    {
        int M = a.Columns, N = b.Columns;
        Debug.Assert(c.Length == M * N && rows <= a.Rows && rows <= b.Rows, "Shapes do not fit.");
        if (M % RowMultiple == 0 && N % ColumnMultiple == 0)
        {
            fixed (float* direct = c)
            {
                Tiles(a.Pointer, 1, a.Stride, b.Pointer, b.Stride, PanelWidth, direct, N, M, rows, N, accumulate: false);
            }
        }
        else
        {
            Debug.Assert(M <= scratch.Rows && N <= scratch.Columns, "The scratch is too small.");
            Tiles(a.Pointer, 1, a.Stride, b.Pointer, b.Stride, PanelWidth, scratch.Pointer, scratch.Stride, M, rows, N, accumulate: false);
            for (int m = 0; m < M; m++)
            {
                scratch.Row(m)[..N].CopyTo(c.Slice(m * N, N));
            }
        }

        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(scratch);
    }

    /// <summary>c (+)= aᵀ·b summed over the first <paramref name="rows"/> rows of both: a weight gradient that goes on from slice to slice of a batch.</summary>
    /// <param name="a">(≥ rows, M).</param>
    /// <param name="b">(≥ rows, N).</param>
    /// <param name="rows">Length of each sum.</param>
    /// <param name="c">(M, N); its pads are overwritten.</param>
    /// <param name="accumulate">Whether the sum starts from the old c.</param>
    public static void MultiplyTransposed(Matrix a, Matrix b, int rows, Matrix c, bool accumulate)
    {
        Debug.Assert(c.Rows == a.Columns && c.Columns == b.Columns && rows <= a.Rows && rows <= b.Rows, "Shapes do not fit.");
        Tiles(a.Pointer, 1, a.Stride, b.Pointer, b.Stride, PanelWidth, c.Pointer, c.Stride, c.Rows, rows, c.Columns, accumulate);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
    }

    internal static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    // One panel of B, and of it one block of the sum, stays in the first-level cache while all rows of A pass by. Between blocks a partial sum
    // waits in C: it goes on where it stopped, in the same order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(
        float* a, nint aRow, nint aStep, float* b, nint bStep, nint bPanel, float* c, nint cRow, int M, int K, int N, bool accumulate)
    {
        for (int k = 0; k < K; k += SumBlock)
        {
            int length = Math.Min(SumBlock, K - k);
            float* b_kn = b + (k * bStep);
            for (int n = 0; n < N; n += PanelWidth)
            {
                Column(a + (k * aStep), aRow, aStep, b_kn, bStep, c + n, cRow, M, length, N - n, accumulate || k > 0);
                b_kn += bPanel;
            }
        }
    }

    // All rows of C, one panel wide, or as many of its columns as are left.
    private static void Column(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int M, int K, int columns, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated && columns <= HalfPanel)
        {
            Tiles8x16(a, aRow, aStep, b, bStep, c, cRow, RoundUp(M, 8) / 8, K, accumulate);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            Tiles8x32(a, aRow, aStep, b, bStep, c, cRow, RoundUp(M, 8) / 8, K, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            // Fours first, until six divides what is left.
            int rows = RoundUp(M, 4), fours = 0;
            while ((rows - (4 * fours)) % 6 != 0)
            {
                fours++;
            }

            Tiles4x16(a, aRow, aStep, b, bStep, c, cRow, fours, K, accumulate);
            Tiles6x16(a + (4 * fours * aRow), aRow, aStep, b, bStep, c + (4 * fours * cRow), cRow, (rows - (4 * fours)) / 6, K, accumulate);
        }
        else
        {
            Tiles4x16Narrow(a, aRow, aStep, b, bStep, c, cRow, RoundUp(M, 4) / 4, K, accumulate);
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grokking.Numerics;

/// <summary>
/// A weight matrix laid out as the right operand of <see cref="Gemm"/>: panels of <see cref="Gemm.PanelWidth"/> columns, each with its rows
/// one after another, the last panel filled up with zeros. Remade after every update of the weights.
/// </summary>
public sealed unsafe class PackedMatrix
{
    // Rows of a panel transposed together: 4 KiB to 8 KiB of it.
    private const int TransposeRows = 64;

    private readonly Matrix _panels;

    /// <summary>Room for a matrix of the given shape.</summary>
    public PackedMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        int panels = Gemm.RoundUp(columns, Gemm.ColumnMultiple) / Gemm.PanelWidth;
        _panels = new Matrix(1, panels * rows * Gemm.PanelWidth);
    }

    /// <summary>Rows of the matrix: the length of each sum.</summary>
    public int Rows { get; }

    /// <summary>Columns of the matrix.</summary>
    public int Columns { get; }

    internal float* Pointer => _panels.Pointer;

    /// <summary>Packs a row-major (Rows, Columns) matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(ReadOnlySpan<float> matrix)
    {
        Debug.Assert(matrix.Length == Rows * Columns, "Shapes do not fit.");
        fixed (float* source = matrix)
        {
            for (int first = 0; first < Columns; first += Gemm.PanelWidth)
            {
                int width = Math.Min(Gemm.PanelWidth, Columns - first);
                float* panel = Pointer + ((nint)first * Rows);
                for (int row = 0; row < Rows; row++)
                {
                    float* from = source + ((nint)row * Columns) + first;
                    int column = 0;
                    for (; column + Lanes.Count <= width; column += Lanes.Count)
                    {
                        Vector512.Load(from + column).Store(panel + column);
                    }

                    for (; column < width; column++)
                    {
                        panel[column] = from[column];
                    }

                    panel += Gemm.PanelWidth;
                }
            }
        }
    }

    /// <summary>Packs the transpose of a row-major (Columns, Rows) matrix.</summary>
    public void PackTransposed(ReadOnlySpan<float> matrix)
    {
        Debug.Assert(matrix.Length == Rows * Columns, "Shapes do not fit.");
        fixed (float* source = matrix)
        {
            for (int first = 0; first < Columns; first += Gemm.PanelWidth)
            {
                int width = Math.Min(Gemm.PanelWidth, Columns - first);
                TransposeInto(source + ((nint)first * Rows), Pointer + ((nint)first * Rows), width);
            }
        }
    }

    // panel[row, column] = source[column, row], in blocks of rows that stay in the first-level cache while all columns of the panel are filled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeInto(float* source, float* panel, int width)
    {
        for (int first = 0; first < Rows; first += TransposeRows)
        {
            int rows = Math.Min(TransposeRows, Rows - first);
            float* from = source + first;
            float* to = panel + ((nint)first * Gemm.PanelWidth);
            int column = 0;
            if (Sse.IsSupported && rows % 4 == 0)
            {
                for (; column + 4 <= width; column += 4)
                {
                    TransposeFours(from + ((nint)column * Rows), to + column, rows);
                }
            }

            for (; column < width; column++)
            {
                for (int row = 0; row < rows; row++)
                {
                    to[(row * Gemm.PanelWidth) + column] = from[((nint)column * Rows) + row];
                }
            }
        }
    }

    // Four columns of the panel, four rows at a time: 4 × 4 elements change places in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeFours(float* from, float* to, int rows)
    {
        nint stride = Rows;
        for (int row = 0; row < rows; row += 4)
        {
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + stride);
            Vector128<float> c = Vector128.Load(from + (2 * stride)), d = Vector128.Load(from + (3 * stride));
            Vector128<float> ab01 = Sse.UnpackLow(a, b), ab23 = Sse.UnpackHigh(a, b);
            Vector128<float> cd01 = Sse.UnpackLow(c, d), cd23 = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab01, cd01).Store(to);
            Sse.MoveHighToLow(cd01, ab01).Store(to + Gemm.PanelWidth);
            Sse.MoveLowToHigh(ab23, cd23).Store(to + (2 * Gemm.PanelWidth));
            Sse.MoveHighToLow(cd23, ab23).Store(to + (3 * Gemm.PanelWidth));
            from += 4;
            to += 4 * Gemm.PanelWidth;
        }
    }
}

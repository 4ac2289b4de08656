using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// A weight matrix laid out as the right operand of <see cref="Gemm"/>: panels of <see cref="Gemm.PanelWidth"/> columns, each with its rows
/// one after another, the last panel filled up with zeros. Remade after every update of the weights.
/// </summary>
public sealed unsafe class PackedMatrix
{
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

    // panel[row, column] = source[column, row]. Four columns at a time: four streams of reads, one of writes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeInto(float* source, float* panel, int width)
    {
        nint rows = Rows;
        int column = 0;
        for (; column + 4 <= width; column += 4)
        {
            float* from = source + (column * rows);
            float* to = panel + column;
            for (nint row = 0; row < rows; row++)
            {
                to[0] = from[row];
                to[1] = from[row + rows];
                to[2] = from[row + (2 * rows)];
                to[3] = from[row + (3 * rows)];
                to += Gemm.PanelWidth;
            }
        }

        for (; column < width; column++)
        {
            for (nint row = 0; row < rows; row++)
            {
                panel[(row * Gemm.PanelWidth) + column] = source[(column * rows) + row];
            }
        }
    }
}

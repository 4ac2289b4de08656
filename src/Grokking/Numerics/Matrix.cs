using System.Runtime.CompilerServices;

namespace Grokking.Numerics;

/// <summary>
/// A row-major matrix of activations in pinned memory, aligned to cache lines. Its rows are padded to whole tiles of <see cref="Gemm"/>
/// (8 rows, 32 columns), so that one kernel serves every shape: a tile that overhangs the matrix writes the pad, and nobody reads the pad back.
/// </summary>
public sealed unsafe class Matrix
{
    private const int CacheLineBytes = 64;
    private readonly float[] _storage;
    private readonly int _start;

    /// <summary>A zeroed matrix.</summary>
    /// <param name="rows">Rows, ≥ 1.</param>
    /// <param name="columns">Columns, ≥ 1.</param>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Rows = rows;
        Columns = columns;

        // One more cache line than whole tiles need: rows a power of two apart would fall into the same few cache sets.
        Stride = Gemm.RoundUp(columns, Gemm.ColumnMultiple) + (CacheLineBytes / sizeof(float));
        int count = checked(Gemm.RoundUp(rows, Gemm.RowMultiple) * Stride);
        _storage = GC.AllocateArray<float>(count + (CacheLineBytes / sizeof(float)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _storage[0]);
        _start = (int)((-address & (CacheLineBytes - 1)) / sizeof(float));
    }

    /// <summary>Rows that can be used.</summary>
    public int Rows { get; }

    /// <summary>Columns that can be used.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row to the next, ≥ <see cref="Columns"/>.</summary>
    public int Stride { get; }

    /// <summary>The address of element (0, 0). Valid while this object is alive.</summary>
    internal float* Pointer => (float*)Unsafe.AsPointer(ref _storage[_start]);

    /// <summary>The elements of one row.</summary>
    public Span<float> Row(int row) => _storage.AsSpan(_start + (row * Stride), Columns);

    /// <summary>Writes all elements row by row, without pads.</summary>
    public void CopyTo(Span<float> elements)
    {
        for (int row = 0; row < Rows; row++)
        {
            Row(row).CopyTo(elements.Slice(row * Columns, Columns));
        }
    }

    /// <summary>Sets the first <paramref name="rows"/> rows to zero, pads included.</summary>
    public void Clear(int rows) => _storage.AsSpan(_start, rows * Stride).Clear();
}

using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class PackedMatrixTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 9)]
    [InlineData(7, 31)]
    [InlineData(4, 32)]
    [InlineData(3, 33)]
    [InlineData(6, 97)]
    [InlineData(64, 32)]
    [InlineData(68, 36)]
    [InlineData(130, 97)]
    public void Both_ways_of_packing_lay_panels_of_whole_rows_one_after_another_and_fill_with_zeros(int rows, int columns)
    {
        float[] matrix = Sample.Normal(rows * columns, "matrix"), transposed = new float[rows * columns];
        for (int i = 0; i < matrix.Length; i++)
        {
            transposed[((i % columns) * rows) + (i / columns)] = matrix[i];
        }

        PackedMatrix packed = new(rows, columns), ofTransposed = new(rows, columns);
        packed.Pack(matrix);
        ofTransposed.PackTransposed(transposed);

        float[] expected = new float[rows * Gemm.RoundUp(columns, Gemm.ColumnMultiple)];
        for (int i = 0; i < matrix.Length; i++)
        {
            (int row, int column) = (i / columns, i % columns);
            (int panel, int inPanel) = (column / Gemm.PanelWidth, column % Gemm.PanelWidth);
            expected[(((panel * rows) + row) * Gemm.PanelWidth) + inPanel] = matrix[i];
        }

        SameBits.Check(expected, Panels(packed, expected.Length), "Pack");
        SameBits.Check(expected, Panels(ofTransposed, expected.Length), "PackTransposed");
    }

    [Fact]
    public void Packing_again_forgets_the_earlier_matrix()
    {
        float[] first = Sample.Normal(5 * 9, "first"), second = Sample.Normal(5 * 9, "second");
        PackedMatrix again = new(5, 9), once = new(5, 9);
        again.Pack(first);
        again.Pack(second);
        once.Pack(second);

        SameBits.Check(Panels(once, 5 * 32), Panels(again, 5 * 32), "second matrix");
    }

    private static unsafe float[] Panels(PackedMatrix packed, int count)
    {
        float[] panels = new ReadOnlySpan<float>(packed.Pointer, count).ToArray();
        GC.KeepAlive(packed);
        return panels;
    }
}

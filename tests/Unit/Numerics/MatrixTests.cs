using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class MatrixTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 31)]
    [InlineData(8, 32)]
    [InlineData(97, 239)]
    public unsafe void Rows_are_zero_at_first_lie_apart_and_start_on_cache_lines(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);

        Assert.All(Sample.RowMajor(matrix), element => Assert.Equal(0, element));
        Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        Assert.Equal(0, (long)matrix.Pointer % 64);
        Assert.Equal(0, matrix.Stride % 16);
        Assert.True(matrix.Stride >= columns + 16, "A vector that starts in the last column stays in its row.");
        for (int row = 0; row < rows; row++)
        {
            matrix.Row(row).Fill(row);
            Assert.Equal(row, matrix.Pointer[row * matrix.Stride]);
        }

        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => (float)(i / columns)), Sample.RowMajor(matrix));
        GC.KeepAlive(matrix);
    }

    [Fact]
    public void Clear_sets_the_first_rows_to_zero_and_leaves_the_others()
    {
        Matrix matrix = Sample.Matrix(5, 33, "rows");
        float[] before = Sample.RowMajor(matrix);

        matrix.Clear(3);

        Assert.Equal([.. new float[3 * 33], .. before[(3 * 33)..]], Sample.RowMajor(matrix));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(-1, 4)]
    public void An_empty_shape_is_refused(int rows, int columns) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(rows, columns));
}

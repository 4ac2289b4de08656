using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class RowSumsTests
{
    private const int Width = 33;

    [Fact]
    public void Add_and_Multiply_change_the_asked_rows_element_by_element()
    {
        float[] x = Sample.Normal(5 * Width, "x"), y = Sample.Normal(5 * Width, "y");
        Matrix sum = Sample.Matrix(y, Width), product = Sample.Matrix(y, Width);

        RowSums.Add(Sample.Matrix(x, Width), sum, first: 1, count: 3);
        RowSums.Multiply(Sample.Matrix(x, Width), product, first: 1, count: 3);

        SameBits.Check([.. y.Select((element, i) => IsAsked(i) ? element + x[i] : element)], Sample.RowMajor(sum), "sum");
        SameBits.Check([.. y.Select((element, i) => IsAsked(i) ? element * x[i] : element)], Sample.RowMajor(product), "product");
    }

    [Fact]
    public void AddGathered_reads_the_row_that_is_listed_for_each_row()
    {
        float[] x = Sample.Normal(3 * Width, "x"), y = Sample.Normal(5 * Width, "y");
        Matrix sum = Sample.Matrix(y, Width);
        int[] from = [0, 2, 2, 1, 0];

        RowSums.AddGathered(Sample.Matrix(x, Width), from, sum, first: 1, count: 3);

        SameBits.Check(
            [.. y.Select((element, i) => IsAsked(i) ? element + x[(from[i / Width] * Width) + (i % Width)] : element)], Sample.RowMajor(sum), "sum");
    }

    [Fact]
    public void AddScattered_adds_to_a_shared_row_in_the_order_of_the_rows()
    {
        float[] x = Sample.Normal(4 * Width, "x"), expected = Sample.Normal(2 * Width, "y");
        Matrix sum = Sample.Matrix(expected, Width);
        int[] to = [1, 0, 1, 1];

        RowSums.AddScattered(Sample.Matrix(x, Width), to, sum, count: 4);

        for (int i = 0; i < x.Length; i++)
        {
            expected[(to[i / Width] * Width) + (i % Width)] += x[i];
        }

        SameBits.Check(expected, Sample.RowMajor(sum), "sum");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(Width)]
    public void AddToEach_adds_one_row_to_each_of_the_asked_ones(int width)
    {
        float[] x = Sample.Normal(width, "x"), y = Sample.Normal(5 * width, "y");
        Matrix sum = Sample.Matrix(y, width);

        RowSums.AddToEach(x, sum, first: 1, count: 3);

        SameBits.Check([.. y.Select((element, i) => i / width is >= 1 and < 4 ? element + x[i % width] : element)], Sample.RowMajor(sum), "sum");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(Width)]
    public void AddEach_adds_the_first_rows_in_order_and_nothing_past_the_end(int width)
    {
        float[] x = Sample.Normal(5 * width, "x"), expected = Sample.Normal(width + 3, "y"), actual = [.. expected];

        RowSums.AddEach(Sample.Matrix(x, width), 4, actual.AsSpan(0, width));

        for (int i = 0; i < 4 * width; i++)
        {
            expected[i % width] += x[i];
        }

        SameBits.Check(expected, actual, "sum");
    }

    [Fact]
    public void AddScaled_adds_every_scaled_element_of_the_row_with_one_rounding()
    {
        float[] x = Sample.Normal(3 * Width, "x"), y = Sample.Normal(2 * Width, "y");
        Matrix sum = Sample.Matrix(y, Width);

        RowSums.AddScaled(-0.7f, Sample.Matrix(x, Width), 2, sum, 1);

        SameBits.Check(
            [.. y.Select((element, i) => i / Width == 1 ? MathF.FusedMultiplyAdd(-0.7f, x[Width + i], element) : element)], Sample.RowMajor(sum), "sum");
    }

    private static bool IsAsked(int element) => element / Width is >= 1 and < 4;
}

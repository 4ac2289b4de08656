using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class SquareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(97)]
    public void Forward_gives_the_bits_of_the_reference_in_the_asked_rows(int width)
    {
        float[] x = Sample.Normal(6 * width, "x", scale: 3), before = Sample.Normal(6 * width, "y");
        (x[2 * width], x[3 * width], x[4 * width]) = (-0f, float.NaN, 1e20f);
        Matrix y = Sample.Matrix(before, width);

        Square.Forward(Sample.Matrix(x, width), y, first: 2, count: 3);

        SameBits.Check([.. x.Select((element, i) => i / width is >= 2 and < 5 ? Square.Reference(element) : before[i])], Sample.RowMajor(y), "square");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(97)]
    public void Backward_gives_the_bits_of_the_derivative_one_element_at_a_time(int width)
    {
        float[] x = Sample.Normal(6 * width, "x", scale: 3), dy = Sample.Normal(6 * width, "dy");
        Matrix dx = Sample.Matrix(dy, width);

        Square.Backward(Sample.Matrix(x, width), dx, first: 2, count: 3);

        SameBits.Check([.. dy.Select((element, i) => i / width is >= 2 and < 5 ? element * (x[i] + x[i]) : element)], Sample.RowMajor(dx), "dx");
    }

    [Fact]
    public void Backward_agrees_with_central_differences()
    {
        float[] x = Sample.Normal(40, "x"), dy = Sample.Normal(40, "dy");
        Matrix dx = Sample.Matrix(dy, 40);

        Square.Backward(Sample.Matrix(x, 40), dx, 0, 1);

        // One rounding to float: the doubling is exact.
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot([.. at.Select(element => element * element)], dy), x), dx.Row(0), 1e-7, "dx");
    }
}

using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class ReluTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    public void Forward_gives_the_bits_of_the_reference_in_the_asked_rows(int width)
    {
        float[] before = Sample.Normal(6 * width, "x");
        (before[2 * width], before[3 * width]) = (-0f, float.NaN);
        Matrix x = Sample.Matrix(before, width);

        Relu.Forward(x, first: 2, count: 3);

        SameBits.Check(
            [.. before.Select((element, i) => i / width is >= 2 and < 5 ? Relu.Reference(element) : element)], Sample.RowMajor(x), "relu");
    }

    [Fact]
    public void Backward_lets_the_gradient_through_where_the_output_is_positive()
    {
        const int width = 33;
        float[] y = [.. Sample.Normal(6 * width, "x").Select(Relu.Reference)], dy = Sample.Normal(6 * width, "dy");
        Matrix dx = Sample.Matrix(dy, width);

        Relu.Backward(Sample.Matrix(y, width), dx, first: 2, count: 3);

        SameBits.Check([.. dy.Select((element, i) => i / width is >= 2 and < 5 && !(y[i] > 0) ? 0 : element)], Sample.RowMajor(dx), "dx");
    }

    [Fact]
    public void Backward_agrees_with_central_differences()
    {
        float[] x = Sample.Normal(20, "x"), dy = Sample.Normal(20, "dy");
        Assert.All(x, element => Assert.True(Math.Abs(element) > 1e-3, "A difference across the kink shows nothing."));
        Matrix y = Sample.Matrix(x, 20), dx = Sample.Matrix(dy, 20);

        Relu.Forward(y, 0, 1);
        Relu.Backward(y, dx, 0, 1);

        // dx is dy or 0, without rounding; the bound is that of the differences.
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot([.. at.Select(element => Math.Max(element, 0))], dy), x), dx.Row(0), 1e-8, "dx");
    }
}

using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class HyperbolicTangentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(97)]
    public void Forward_gives_the_bits_of_the_reference_in_the_asked_rows(int width)
    {
        float[] before = Sample.Normal(6 * width, "x", scale: 3);
        (before[2 * width], before[3 * width], before[4 * width]) = (-0f, float.NaN, float.NegativeInfinity);
        Matrix x = Sample.Matrix(before, width);

        HyperbolicTangent.Forward(x, first: 2, count: 3);

        SameBits.Check(
            [.. before.Select((element, i) => i / width is >= 2 and < 5 ? HyperbolicTangent.Reference(element) : element)], Sample.RowMajor(x), "tanh");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(97)]
    public void Backward_gives_the_bits_of_the_derivative_one_element_at_a_time(int width)
    {
        float[] y = [.. Sample.Normal(6 * width, "x").Select(HyperbolicTangent.Reference)], dy = Sample.Normal(6 * width, "dy");
        Matrix dx = Sample.Matrix(dy, width);

        HyperbolicTangent.Backward(Sample.Matrix(y, width), dx, first: 2, count: 3);

        SameBits.Check(
            [.. dy.Select((element, i) => i / width is >= 2 and < 5 ? element * MathF.FusedMultiplyAdd(-y[i], y[i], 1) : element)],
            Sample.RowMajor(dx),
            "dx");
    }

    [Fact]
    public void Backward_agrees_with_central_differences()
    {
        float[] x = Sample.Normal(40, "x"), dy = Sample.Normal(40, "dy");
        Matrix y = Sample.Matrix(x, 40), dx = Sample.Matrix(dy, 40);

        HyperbolicTangent.Forward(y, 0, 1);
        HyperbolicTangent.Backward(y, dx, 0, 1);

        // 1 − y² has the rounding of y twice.
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot([.. at.Select(Math.Tanh)], dy), x), dx.Row(0), 5e-7, "dx");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(3e38f)]
    [InlineData(float.PositiveInfinity)]
    public void A_saturated_unit_is_one_and_lets_no_gradient_through(float extreme)
    {
        Matrix y = Sample.Matrix([extreme, -extreme], 2), dx = Sample.Matrix([1e30f, 1e30f], 2);

        HyperbolicTangent.Forward(y, 0, 1);
        HyperbolicTangent.Backward(y, dx, 0, 1);

        Assert.Equal([1, -1], y.Row(0).ToArray());
        Assert.Equal([0, 0], dx.Row(0).ToArray());
    }
}

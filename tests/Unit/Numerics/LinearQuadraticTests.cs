using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class LinearQuadraticTests
{
    private const float Curvature = 0.3f;

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

        LinearQuadratic.Forward(Sample.Matrix(x, width), y, Curvature, first: 2, count: 3);

        SameBits.Check(
            [.. x.Select((element, i) => i / width is >= 2 and < 5 ? LinearQuadratic.Reference(element, Curvature) : before[i])], Sample.RowMajor(y), "activation");
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

        LinearQuadratic.Backward(Sample.Matrix(x, width), dx, Curvature, first: 2, count: 3);

        SameBits.Check(
            [.. dy.Select((element, i) => i / width is >= 2 and < 5 ? element * MathF.FusedMultiplyAdd(Curvature, x[i], 1) : element)],
            Sample.RowMajor(dx),
            "dx");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25f)]
    [InlineData(4)]
    public void Forward_agrees_with_the_formula_and_backward_with_central_differences(float curvature)
    {
        float[] x = Sample.Normal(40, "x"), dy = Sample.Normal(40, "dy");
        Matrix before = Sample.Matrix(x, 40), y = Sample.Matrix(1, 40, "y"), dx = Sample.Matrix(dy, 40);

        LinearQuadratic.Forward(before, y, curvature, 0, 1);
        LinearQuadratic.Backward(before, dx, curvature, 0, 1);

        // Of the slope and of the product one rounding each; where 1 + ε·x nearly vanishes, its own bits are few.
        Assert.All(Formula(CentralDifferences.ToDouble(x)).Zip(y.Row(0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * (1 + Math.Abs(pair.First))));
        CentralDifferences.AssertClose(CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(at), dy), x), dx.Row(0), 5e-7, "dx");

        double[] Formula(double[] at) => [.. at.Select(element => element + (curvature / 2.0 * element * element))];
    }

    [Fact]
    public void Without_curvature_it_changes_nothing()
    {
        float[] x = Sample.Normal(40, "x"), dy = Sample.Normal(40, "dy");
        Matrix before = Sample.Matrix(x, 40), y = Sample.Matrix(1, 40, "y"), dx = Sample.Matrix(dy, 40);

        LinearQuadratic.Forward(before, y, curvature: 0, 0, 1);
        LinearQuadratic.Backward(before, dx, curvature: 0, 0, 1);

        SameBits.Check(x, y.Row(0), "y");
        SameBits.Check(dy, dx.Row(0), "dx");
    }
}

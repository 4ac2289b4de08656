using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class GeluTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    public void Forward_gives_the_bits_of_the_reference_in_the_asked_rows(int width)
    {
        float[] x = Sample.Normal(6 * width, "x", scale: 3), before = Sample.Normal(6 * width, "y");
        Matrix y = Sample.Matrix(before, width);

        Gelu.Forward(Sample.Matrix(x, width), y, first: 2, count: 3);

        SameBits.Check([.. x.Select((element, i) => i / width is >= 2 and < 5 ? Gelu.Reference(element) : before[i])], Sample.RowMajor(y), "gelu");
    }

    [Fact]
    public void Backward_gives_the_bits_of_the_derivative_one_element_at_a_time()
    {
        const int width = 33;
        float[] x = Sample.Normal(6 * width, "x", scale: 3), dy = Sample.Normal(6 * width, "dy");
        Matrix dx = Sample.Matrix(dy, width);

        Gelu.Backward(Sample.Matrix(x, width), dx, first: 2, count: 3);

        SameBits.Check([.. dy.Select((element, i) => i / width is >= 2 and < 5 ? element * Derivative(x[i]) : element)], Sample.RowMajor(dx), "dx");
    }

    [Fact]
    public void Backward_agrees_with_central_differences()
    {
        float[] x = Sample.Normal(40, "x", scale: 2), dy = Sample.Normal(40, "dy");
        Matrix dx = Sample.Matrix(dy, 40);

        Gelu.Backward(Sample.Matrix(x, 40), dx, 0, 1);

        // Ten float roundings, and 1 − tanh² loses those of tanh.
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot([.. at.Select(Formula)], dy), x), dx.Row(0), 2e-6, "dx");
    }

    [Fact]
    public void Forward_is_close_to_the_formula_in_double() =>
        Assert.All(Sample.Normal(500, "x", scale: 3), x => Assert.InRange(Gelu.Reference(x) - Formula(x), -1e-6, 1e-6));

    private static double Formula(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private static float Derivative(float x)
    {
        const float scale = 0.7978845608f, cubic = 0.044715f;
        float tanh = Elementary.Tanh(x * MathF.FusedMultiplyAdd(scale * cubic * x, x, scale));
        float slope = MathF.FusedMultiplyAdd(3 * cubic * scale * x, x, scale);
        float sech2 = MathF.FusedMultiplyAdd(-tanh, tanh, 1);
        return MathF.FusedMultiplyAdd(0.5f * x * sech2, slope, MathF.FusedMultiplyAdd(0.5f, tanh, 0.5f));
    }
}

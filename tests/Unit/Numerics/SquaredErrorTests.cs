using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class SquaredErrorTests
{
    private const int Row = 1;
    private const int Classes = 3;

    public static TheoryData<int> Widths => [1, 2, 5, 15, 16, 17, 30, 32, 33, 97, 239];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Loss_and_gradient_give_the_bits_of_the_reference(int V)
    {
        for (int target = 0; target < Classes; target++)
        {
            CheckAgainstReference(Sample.Normal(V, "outputs", scale: 2), target);
        }
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(-float.MaxValue)]
    public void Huge_outputs_give_the_bits_of_the_reference_and_a_finite_loss(float extreme)
    {
        float[] outputs = Sample.Normal(33, "outputs");
        outputs[32] = extreme;

        Assert.True(double.IsFinite(CheckAgainstReference(outputs, target: 1)));
    }

    [Fact]
    public void Outputs_that_are_the_template_have_neither_loss_nor_gradient()
    {
        Matrix templates = Templates(33);

        (double loss, float[] gradient) = ForwardBackward(templates.Row(2).ToArray(), target: 2, weight: 1);

        Assert.Equal(0, loss);
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void A_NaN_among_the_outputs_makes_the_loss_NaN(int place)
    {
        float[] outputs = Sample.Normal(20, "outputs");
        outputs[place] = float.NaN;

        Assert.True(double.IsNaN(Forward(outputs, target: 0)));
    }

    [Fact]
    public void Gradient_agrees_with_central_differences()
    {
        float[] outputs = Sample.Normal(19, "outputs", scale: 2), template = Templates(19).Row(1).ToArray();

        (double loss, float[] gradient) = ForwardBackward(outputs, target: 1, weight: 0.5);

        // The kernel works in double and rounds once, to float.
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(x => 0.5 * Formula(x, template), outputs), gradient, 1e-7, "dx");
        Assert.Equal(Formula(CentralDifferences.ToDouble(outputs), template), loss, 1e-14);
    }

    [Fact]
    public void Neighbouring_rows_and_the_templates_stay()
    {
        Matrix outputs = Sample.Matrix(3, 20, "outputs"), before = Sample.Matrix(3, 20, "outputs"), templates = Templates(20);

        SquaredError.ForwardBackward(outputs, Row, templates, target: 2, weight: 1);

        SameBits.Check(before.Row(0), outputs.Row(0), "row before");
        SameBits.Check(before.Row(2), outputs.Row(2), "row after");
        SameBits.Check(Sample.RowMajor(Templates(20)), Sample.RowMajor(templates), "templates");
    }

    private static double CheckAgainstReference(float[] outputs, int target)
    {
        const double weight = 1.0 / 7;
        float[] expected = new float[outputs.Length];
        double expectedLoss = SquaredError.Reference(outputs, Templates(outputs.Length).Row(target), weight, expected);

        (double loss, float[] gradient) = ForwardBackward(outputs, target, weight);

        SameBits.Check(expected, gradient, $"gradient, V = {outputs.Length}, target {target}");
        Assert.Equal(BitConverter.DoubleToInt64Bits(expectedLoss), BitConverter.DoubleToInt64Bits(loss));
        Assert.Equal(loss, Forward(outputs, target));
        return loss;
    }

    private static double Forward(float[] outputs, int target)
    {
        Matrix matrix = InRow(outputs);
        double loss = SquaredError.Forward(matrix, Row, Templates(outputs.Length), target);
        SameBits.Check(outputs, matrix.Row(Row), "the outputs stay");
        return loss;
    }

    private static (double Loss, float[] Gradient) ForwardBackward(float[] outputs, int target, double weight)
    {
        Matrix matrix = InRow(outputs);
        double loss = SquaredError.ForwardBackward(matrix, Row, Templates(outputs.Length), target, weight);
        return (loss, matrix.Row(Row).ToArray());
    }

    private static Matrix Templates(int width) => Sample.Matrix(Classes, width, "templates");

    private static Matrix InRow(float[] outputs)
    {
        Matrix matrix = Sample.Matrix(3, outputs.Length, "other rows");
        outputs.CopyTo(matrix.Row(Row));
        return matrix;
    }

    private static double Formula(double[] x, float[] template) => x.Zip(template, (output, wanted) => (output - wanted) * (output - wanted)).Average();
}

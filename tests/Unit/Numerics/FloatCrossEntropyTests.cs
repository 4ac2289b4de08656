using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class FloatCrossEntropyTests
{
    private const int Row = 1;

    public static TheoryData<int> Vocabularies => [2, 5, 15, 16, 17, 32, 33, 97, 99, 239];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Loss_and_gradient_give_the_bits_of_the_reference(int V)
    {
        foreach (int target in (int[])[0, V / 2, V - 1])
        {
            CheckAgainstReference(Sample.Normal(V, "logits", scale: 4), target);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(-80)]
    [InlineData(1e30f)]
    public void Extreme_logits_give_the_bits_of_the_reference(float extreme)
    {
        float[] logits = Sample.Normal(33, "logits");
        logits[7] = extreme;
        CheckAgainstReference(logits, target: 7);
        CheckAgainstReference(logits, target: 8);
        CheckAgainstReference([.. logits.Select((_, v) => v % 2 == 0 ? extreme : -extreme)], target: 3);
    }

    // e⁻¹⁷ = 4.1e-8 is below half an ulp of 1, 6.0e-8, and e⁻¹⁶ = 1.1e-7 above it; double keeps both.
    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    [InlineData(40, true)]
    public void From_a_gap_of_17_on_loss_and_gradient_of_the_right_class_are_exactly_0(float gap, bool absorbed)
    {
        (float loss, float[] gradient) = ForwardBackward([gap, 0], target: 0, weight: 0.3);

        Assert.Equal(absorbed, loss == 0);
        Assert.Equal(absorbed, gradient[0] == 0);
        Assert.True(gradient[1] > 0, $"{gradient[1]}");
        if (!absorbed)
        {
            Assert.InRange(loss, 1e-7f, 1.3e-7f);
        }
    }

    [Fact]
    public void Many_classes_are_absorbed_where_their_sum_is()
    {
        float[] logits = new float[113];
        logits[5] = 19; // 112·e⁻¹⁹ = 6.3e-7

        Assert.InRange(ForwardBackward(logits, target: 5, weight: 1).Loss, 4e-7f, 8e-7f);

        logits[5] = 22; // 112·e⁻²² = 3.1e-8

        Assert.Equal(0f, ForwardBackward(logits, target: 5, weight: 1).Loss);
    }

    // python3: x = torch.tensor([2.5, -1, 0.3, 16.9, 4]); torch.log_softmax(x, 0) in float32, its negative at a class, and autograd's gradient of that.
    [Theory]
    [InlineData(3, 3.0994368e-06f, new[] { 5.57389e-07f, 1.6831674e-08f, 6.1760353e-08f, -3.0994415e-06f, 2.498044e-06f })]
    [InlineData(0, 14.400002f, new[] { -0.99999946f, 1.6831674e-08f, 6.1760353e-08f, 0.9999969f, 2.498044e-06f })]
    public void PyTorch_has_the_same_loss_and_gradient_in_float32(int target, float expectedLoss, float[] expected)
    {
        (float loss, float[] gradient) = ForwardBackward([2.5f, -1, 0.3f, 16.9f, 4], target, weight: 1);

        // An ulp of 1 apart, for either rounds a sum near 1.
        Assert.Equal(expectedLoss, loss, 1.2e-7f * MathF.Max(1, expectedLoss));
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1.2e-7f));
    }

    [Fact]
    public void Up_to_rounding_it_is_the_cross_entropy()
    {
        float[] logits = Sample.Normal(97, "logits", scale: 3), expected = new float[97];
        double expectedLoss = CrossEntropy.Reference(logits, target: 12, weight: 0.5, expected);

        (float loss, float[] gradient) = ForwardBackward(logits, target: 12, weight: 0.5);

        Assert.Equal(expectedLoss, loss, 1e-6 * expectedLoss);
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 3e-7f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void A_NaN_among_the_logits_makes_the_loss_NaN(int place)
    {
        float[] logits = Sample.Normal(20, "logits");
        logits[place] = float.NaN;

        Assert.True(float.IsNaN(Forward(logits, target: 4)));
    }

    [Fact]
    public void Neighbouring_rows_stay()
    {
        Matrix logits = Sample.Matrix(3, 20, "logits"), before = Sample.Matrix(3, 20, "logits");

        FloatCrossEntropy.ForwardBackward(logits, Row, target: 3, weight: 1);

        SameBits.Check(before.Row(0), logits.Row(0), "row before");
        SameBits.Check(before.Row(2), logits.Row(2), "row after");
    }

    private static void CheckAgainstReference(float[] logits, int target)
    {
        const double weight = 1.0 / 7;
        float[] expected = new float[logits.Length];
        float expectedLoss = FloatCrossEntropy.Reference(logits, target, weight, expected);

        (float loss, float[] gradient) = ForwardBackward(logits, target, weight);

        SameBits.Check(expected, gradient, $"gradient, V = {logits.Length}, target {target}");
        Assert.Equal(BitConverter.SingleToInt32Bits(expectedLoss), BitConverter.SingleToInt32Bits(loss));
        Assert.Equal(loss, Forward(logits, target));
    }

    private static float Forward(float[] logits, int target)
    {
        Matrix matrix = InRow(logits);
        float loss = FloatCrossEntropy.Forward(matrix, Row, target);
        SameBits.Check(logits, matrix.Row(Row), "the logits stay");
        return loss;
    }

    private static (float Loss, float[] Gradient) ForwardBackward(float[] logits, int target, double weight)
    {
        Matrix matrix = InRow(logits);
        float loss = FloatCrossEntropy.ForwardBackward(matrix, Row, target, weight);
        return (loss, matrix.Row(Row).ToArray());
    }

    private static Matrix InRow(float[] logits)
    {
        Matrix matrix = Sample.Matrix(3, logits.Length, "other rows");
        logits.CopyTo(matrix.Row(Row));
        return matrix;
    }
}

using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class CrossEntropyTests
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
    public void Extreme_logits_give_the_bits_of_the_reference(float extreme)
    {
        float[] logits = Sample.Normal(33, "logits");
        logits[7] = extreme;
        CheckAgainstReference(logits, target: 7);
        CheckAgainstReference(logits, target: 8);
        CheckAgainstReference([.. logits.Select((_, v) => v % 2 == 0 ? 80f : -80f)], target: 3);
    }

    [Fact]
    public void A_well_learnt_row_has_a_small_positive_loss_and_a_gradient()
    {
        float[] logits = new float[99];
        logits[5] = 40;

        (double loss, bool correct, float[] gradient) = ForwardBackward(logits, target: 5, weight: 1);

        Assert.True(correct);

        // 98·e⁻⁴⁰ = 4.16e-16, of which 1 + … in double keeps multiples of 2.2e-16.
        Assert.InRange(loss, 2e-16, 6e-16);
        Assert.InRange(gradient[5], -6e-16f, -2e-16f);
        Assert.InRange(gradient[4], 4.2e-18f, 4.3e-18f);
    }

    [Fact]
    public void The_first_of_equal_logits_counts_as_the_answer()
    {
        float[] logits = new float[20];
        (logits[3], logits[17]) = (2, 2);

        Assert.True(Forward(logits, target: 3).Correct);
        Assert.False(Forward(logits, target: 17).Correct);
        Assert.False(Forward(logits, target: 0).Correct);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void A_NaN_among_the_logits_makes_the_loss_NaN(int place)
    {
        float[] logits = Sample.Normal(20, "logits");
        logits[place] = float.NaN;

        (double loss, bool correct) = Forward(logits, target: 4);

        Assert.True(double.IsNaN(loss));
        Assert.False(correct);
    }

    [Fact]
    public void Equal_logits_have_the_loss_of_a_uniform_guess() =>
        Assert.Equal(Math.Log(97), Forward(new float[97], target: 12).Loss, 1e-14);

    [Fact]
    public void Gradient_agrees_with_central_differences()
    {
        float[] logits = Sample.Normal(19, "logits", scale: 2);

        (_, _, float[] gradient) = ForwardBackward(logits, target: 6, weight: 0.5);

        // The kernel works in double and rounds once, to float.
        CentralDifferences.AssertClose(CentralDifferences.Gradient(x => 0.5 * Formula(x, 6), logits), gradient, 1e-7, "dx");
    }

    [Fact]
    public void Neighbouring_rows_stay()
    {
        Matrix logits = Sample.Matrix(3, 20, "logits"), before = Sample.Matrix(3, 20, "logits");

        CrossEntropy.ForwardBackward(logits, Row, target: 3, weight: 1, new double[32]);

        SameBits.Check(before.Row(0), logits.Row(0), "row before");
        SameBits.Check(before.Row(2), logits.Row(2), "row after");
    }

    private static void CheckAgainstReference(float[] logits, int target)
    {
        const double weight = 1.0 / 7;
        float[] expected = new float[logits.Length];
        double expectedLoss = CrossEntropy.Reference(logits, target, weight, expected);

        (double loss, bool correct, float[] gradient) = ForwardBackward(logits, target, weight);

        SameBits.Check(expected, gradient, $"gradient, V = {logits.Length}, target {target}");
        Assert.Equal(BitConverter.DoubleToInt64Bits(expectedLoss), BitConverter.DoubleToInt64Bits(loss));
        Assert.Equal(Array.IndexOf(logits, logits.Max()) == target, correct);
        Assert.Equal((loss, correct), Forward(logits, target));
    }

    private static (double Loss, bool Correct) Forward(float[] logits, int target)
    {
        Matrix matrix = InRow(logits);
        (double, bool) result = CrossEntropy.Forward(matrix, Row, target, Exponentials(logits));
        SameBits.Check(logits, matrix.Row(Row), "the logits stay");
        return result;
    }

    private static (double Loss, bool Correct, float[] Gradient) ForwardBackward(float[] logits, int target, double weight)
    {
        Matrix matrix = InRow(logits);
        (double loss, bool correct) = CrossEntropy.ForwardBackward(matrix, Row, target, weight, Exponentials(logits));
        return (loss, correct, matrix.Row(Row).ToArray());
    }

    private static Matrix InRow(float[] logits)
    {
        Matrix matrix = Sample.Matrix(3, logits.Length, "other rows");
        logits.CopyTo(matrix.Row(Row));
        return matrix;
    }

    private static double[] Exponentials(float[] logits) => new double[Gemm.RoundUp(logits.Length, 16)];

    private static double Formula(double[] x, int target) => Math.Log(x.Sum(Math.Exp)) - x[target];
}

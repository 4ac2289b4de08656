using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class StableMaxTests
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
    [InlineData(0f)]
    [InlineData(80f)]
    [InlineData(-80f)]
    [InlineData(1e6f)]
    [InlineData(-1e6f)]
    [InlineData(1e30f)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(-float.MaxValue)]
    public void Extreme_logits_give_the_bits_of_the_reference_and_a_finite_loss(float extreme)
    {
        float[] logits = Sample.Normal(33, "logits");
        logits[7] = extreme;
        CheckAgainstReference(logits, target: 7);
        CheckAgainstReference(logits, target: 8);
        CheckAgainstReference([.. logits.Select((_, v) => v % 2 == 0 ? extreme : -extreme)], target: 3);
    }

    // Prieto et al. 2025, §3: in float the softmax absorbs all other classes from a gap of about 17 on, in double from 37 on.
    [Theory]
    [InlineData(38)]
    [InlineData(100)]
    [InlineData(1e3f)]
    [InlineData(1e6f)]
    [InlineData(1e12f)]
    public void Where_the_softmax_in_double_is_absorbed_there_are_still_a_loss_and_a_gradient(float gap)
    {
        float[] logits = [gap, 0];
        Matrix ofSoftmax = InRow(logits);

        (double loss, float[] gradient) = ForwardBackward(logits, target: 0, weight: 1);

        Assert.Equal((0.0, true), CrossEntropy.ForwardBackward(ofSoftmax, Row, 0, weight: 1, new double[16]));
        Assert.Equal(0, ofSoftmax.Row(Row)[0]);
        Assert.True(loss > 0 && gradient[0] < 0 && gradient[1] > 0, $"{loss}, {gradient[0]}, {gradient[1]}");

        // log((gap + 2)/(gap + 1)): of the difference of two logarithms near 30, 1e-14 is left.
        Assert.Equal(1 / (gap + 1.0), loss, 1e-14 + (1 / ((double)gap * gap)));
    }

    [Fact]
    public void Just_before_that_the_softmax_has_a_loss()
    {
        Matrix logits = InRow([36, 0]);

        Assert.True(CrossEntropy.Forward(logits, Row, 0, new double[16]).Loss > 0);
    }

    // A well-learnt row pushes its other logits down too: a gap of 2e5 leaves s = 1e5 and 32 times 1e-5.
    [Fact]
    public void Logits_far_apart_on_both_sides_have_a_loss_and_a_gradient()
    {
        float[] logits = [.. Enumerable.Repeat(-1e5f, 32), 1e5f];

        (double loss, float[] gradient) = ForwardBackward(logits, target: 32, weight: 1);

        Assert.Equal(32e-10, loss, 1e-13);
        Assert.True(gradient[32] < 0);
        Assert.All(gradient[..32], slope => Assert.InRange(slope, 0.99e-15f, 1.01e-15f));
    }

    [Fact]
    public void Equal_logits_have_the_loss_of_a_uniform_guess()
    {
        Assert.Equal(Math.Log(97), Forward(new float[97], target: 12), 1e-14);
        Assert.Equal(Math.Log(97), Forward([.. Enumerable.Repeat(-3e5f, 97)], target: 12), 1e-14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void A_NaN_among_the_logits_makes_the_loss_NaN(int place)
    {
        float[] logits = Sample.Normal(20, "logits");
        logits[place] = float.NaN;

        Assert.True(double.IsNaN(Forward(logits, target: 4)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(18)]
    public void Gradient_agrees_with_central_differences(int target)
    {
        float[] logits = Sample.Normal(19, "logits", scale: 2);
        Assert.Contains(logits, x => x < 0);
        Assert.Contains(logits, x => x > 0);

        (double loss, float[] gradient) = ForwardBackward(logits, target, weight: 0.5);

        // The kernel works in double and rounds once, to float.
        CentralDifferences.AssertClose(CentralDifferences.Gradient(x => 0.5 * Formula(x, target), logits), gradient, 1e-7, "dx");
        Assert.Equal(Formula(CentralDifferences.ToDouble(logits), target), loss, 1e-13);
    }

    [Fact]
    public void Neighbouring_rows_stay()
    {
        Matrix logits = Sample.Matrix(3, 20, "logits"), before = Sample.Matrix(3, 20, "logits");

        StableMax.ForwardBackward(logits, Row, target: 3, weight: 1);

        SameBits.Check(before.Row(0), logits.Row(0), "row before");
        SameBits.Check(before.Row(2), logits.Row(2), "row after");
    }

    private static void CheckAgainstReference(float[] logits, int target)
    {
        const double weight = 1.0 / 7;
        float[] expected = new float[logits.Length];
        double expectedLoss = StableMax.Reference(logits, target, weight, expected);

        (double loss, float[] gradient) = ForwardBackward(logits, target, weight);

        SameBits.Check(expected, gradient, $"gradient, V = {logits.Length}, target {target}");
        Assert.Equal(BitConverter.DoubleToInt64Bits(expectedLoss), BitConverter.DoubleToInt64Bits(loss));
        Assert.Equal(loss, Forward(logits, target));
        Assert.True(double.IsFinite(loss) && loss >= 0, $"loss {loss}");
    }

    private static double Forward(float[] logits, int target)
    {
        Matrix matrix = InRow(logits);
        double loss = StableMax.Forward(matrix, Row, target);
        SameBits.Check(logits, matrix.Row(Row), "the logits stay");
        return loss;
    }

    private static (double Loss, float[] Gradient) ForwardBackward(float[] logits, int target, double weight)
    {
        Matrix matrix = InRow(logits);
        double loss = StableMax.ForwardBackward(matrix, Row, target, weight);
        return (loss, matrix.Row(Row).ToArray());
    }

    private static Matrix InRow(float[] logits)
    {
        Matrix matrix = Sample.Matrix(3, logits.Length, "other rows");
        logits.CopyTo(matrix.Row(Row));
        return matrix;
    }

    private static double Formula(double[] x, int target) => Math.Log(x.Sum(Height) / Height(x[target]));

    private static double Height(double x) => x >= 0 ? x + 1 : 1 / (1 - x);
}

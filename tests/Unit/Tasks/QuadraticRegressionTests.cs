using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class QuadraticRegressionTests
{
    private const ulong Seed = 8;

    [Fact]
    public void It_has_one_output()
    {
        QuadraticRegression task = new();

        Assert.Equal((100, 1, 0.01), (task.InputWidth, task.AnswerCount, task.RightBelow));
        Assert.Equal(0.5, new QuadraticRegression { Tolerance = 0.5 }.RightBelow);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Targets_are_half_the_squared_projection_on_the_direction(int width)
    {
        VectorExamples drawn = new QuadraticRegression { Width = width, Examples = 60 }.Draw(Seed);
        float[] beta = new float[width];
        new RandomStream(Seed, "direction").FillNormal(beta, mean: 0, standardDeviation: 1);

        for (int example = 0; example < 60; example++)
        {
            double projection = CentralDifferences.Dot(CentralDifferences.ToDouble(beta), drawn.Inputs.Row(example));
            double target = 0.5 * projection * projection;
            Assert.Equal(target, drawn.Targets!.Row(example)[0], 1e-5 * (target + 0.1));
        }
    }

    // N(0, I/D): a direction of unit normal components has a projection of variance near 1 at every width.
    [Fact]
    public void Inputs_have_a_variance_of_one_over_the_width()
    {
        float[] inputs = Sample.RowMajor(new QuadraticRegression { Width = 25, Examples = 2000 }.Draw(Seed).Inputs);

        Assert.InRange(inputs.Average(), -0.005, 0.005); // 50,000 of them: 5.6 standard errors
        Assert.InRange(25 * inputs.Average(x => x * x), 0.96, 1.04);
    }
}

using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class TeacherStudentTests
{
    private const ulong Seed = 3;

    // Liu et al. 2023, §2: 5-100-100-5, the notebook's threshold, and 100 of 200 inputs to learn from.
    [Fact]
    public void The_defaults_are_those_of_the_notebook()
    {
        TeacherStudent task = new();

        Assert.Equal((5, 100, 200, 0.001), (task.Width, task.Hidden, task.Examples, task.Tolerance));
        Assert.Equal((5, 5, 0.001), (task.InputWidth, task.AnswerCount, task.RightBelow));
    }

    [Fact]
    public void Targets_are_the_outputs_of_two_layers_of_tanh_with_weights_and_biases_of_PyTorch_s_draw()
    {
        var task = new TeacherStudent { Width = 6, Hidden = 37, Examples = 50 };
        VectorExamples drawn = task.Draw(Seed);

        for (int example = 0; example < 50; example++)
        {
            double[] hidden = [.. Map(CentralDifferences.ToDouble(drawn.Inputs.Row(example)), 37, "first").Select(Math.Tanh)];
            hidden = [.. Map(hidden, 37, "second").Select(Math.Tanh)];
            Assert.All(Map(hidden, 6, "output").Zip(drawn.Targets!.Row(example).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        }
    }

    [Fact]
    public void Inputs_are_standard_normal_and_the_teacher_does_not_see_their_number_or_the_tolerance()
    {
        TeacherStudent task = new() { Examples = 4000 };
        float[] inputs = Sample.RowMajor(task.Draw(Seed).Inputs);

        Assert.InRange(inputs.Average(), -0.04, 0.04); // 20,000 of them: 5.6 standard errors
        Assert.InRange(inputs.Average(x => x * x), 0.94, 1.06);
        Assert.Equal(
            Sample.RowMajor((task with { Examples = 20 }).Draw(Seed).Targets!), Sample.RowMajor((task with { Examples = 20, Tolerance = 1 }).Draw(Seed).Targets!));
    }

    // x·W + b in double.
    private static double[] Map(double[] x, int columns, string name)
    {
        float bound = 1 / MathF.Sqrt(x.Length);
        float[] weight = new float[x.Length * columns], bias = new float[columns];
        new RandomStream(Seed, $"teacher/{name}/weight").FillUniform(weight, -bound, bound);
        new RandomStream(Seed, $"teacher/{name}/bias").FillUniform(bias, -bound, bound);
        return [.. Enumerable.Range(0, columns).Select(column => bias[column] + x.Select((value, row) => value * weight[(row * columns) + column]).Sum())];
    }
}

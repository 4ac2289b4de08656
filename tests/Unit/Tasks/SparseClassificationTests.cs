using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class SparseClassificationTests
{
    // Lyu et al. 2024, §3.2: three of many signs decide.
    [Fact]
    public void The_defaults_are_three_signs_in_two_classes()
    {
        SparseClassification task = new();

        Assert.Equal((500, 3, 200), (task.Width, task.Relevant, task.Examples));
        Assert.Equal((500, 2, null), (task.InputWidth, task.AnswerCount, task.RightBelow));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(20, 3)]
    [InlineData(21, 21)]
    public void The_class_is_whether_the_first_signs_add_up_to_more_than_nothing(int width, int relevant)
    {
        VectorExamples drawn = new SparseClassification { Width = width, Relevant = relevant, Examples = 500 }.Draw(seed: 6);

        for (int example = 0; example < 500; example++)
        {
            float[] x = drawn.Inputs.Row(example).ToArray();
            Assert.All(x, sign => Assert.Equal(1, Math.Abs(sign)));
            Assert.Equal(x.Take(relevant).Sum() > 0 ? 1 : 0, drawn.Answers[example]);
        }
    }

    [Fact]
    public void Both_classes_and_both_signs_are_as_frequent_as_each_other()
    {
        VectorExamples drawn = new SparseClassification { Width = 30, Examples = 4000 }.Draw(seed: 6);

        // Of 4,000 a share has the standard error 0.8 %.
        Assert.InRange(drawn.Answers.Average(), 0.46, 0.54);
        float[] signs = Sample.RowMajor(drawn.Inputs);
        for (int i = 0; i < 30; i++)
        {
            Assert.InRange(signs.Where((_, place) => place % 30 == i).Average(), -0.08, 0.08);
        }
    }
}

using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class OutputLossTests
{
    private const int Row = 1;
    private const int Classes = 20;

    private static readonly string[] s_overClasses = ["cross-entropy", "float cross-entropy", "StableMax", "one-hot"];

    public static TheoryData<string> OverClasses => [.. s_overClasses];

    [Theory]
    [MemberData(nameof(OverClasses))]
    public void The_first_of_equal_outputs_counts_as_the_answer(string kind)
    {
        float[] outputs = Sample.Normal(Classes, "outputs");
        (outputs[3], outputs[17]) = (5, 5);

        Assert.Equal([3], Answers(Of(kind), outputs, Classes));
    }

    [Theory]
    [MemberData(nameof(OverClasses))]
    public void The_last_and_the_first_class_can_be_the_answer(string kind)
    {
        Assert.Equal([0], Answers(Of(kind), new float[Classes], Classes));
        Assert.Equal([Classes - 1], Answers(Of(kind), [.. Enumerable.Range(0, Classes).Select(v => -1 / (v + 1f))], Classes));
    }

    [Theory]
    [MemberData(nameof(OverClasses))]
    public void With_a_NaN_among_the_outputs_no_answer_is_right(string kind)
    {
        foreach (int place in (int[])[0, 4, Classes - 1])
        {
            float[] outputs = Sample.Normal(Classes, "outputs");
            outputs[place] = float.NaN;

            Assert.Empty(Answers(Of(kind), outputs, Classes));
        }
    }

    [Theory]
    [MemberData(nameof(OverClasses))]
    public void The_row_becomes_the_gradient_of_the_same_loss(string kind) => CheckPasses(Of(kind), Classes);

    [Fact]
    public void The_row_becomes_the_gradient_of_the_same_loss_with_templates() => CheckPasses(OutputLoss.SquaredError(Templates(width: 7)), width: 7);

    [Fact]
    public void One_hot_templates_give_the_loss_of_squared_error_over_classes()
    {
        var oneHot = new Matrix(Classes, Classes);
        for (int c = 0; c < Classes; c++)
        {
            oneHot.Row(c)[c] = 1;
        }

        OutputLoss classes = OutputLoss.SquaredError(Classes), templates = OutputLoss.SquaredError(oneHot);
        for (int trial = 0; trial < 20; trial++)
        {
            Matrix outputs = InRow(Sample.Normal(Classes, $"outputs {trial}"));
            for (int c = 0; c < Classes; c++)
            {
                Assert.Equal(classes.Forward(outputs, Row, c), templates.Forward(outputs, Row, c));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void The_class_of_the_nearest_template_is_the_answer(int width)
    {
        Matrix templates = Templates(width);
        OutputLoss loss = OutputLoss.SquaredError(templates);
        HashSet<int> seen = [];
        for (int trial = 0; trial < 200; trial++)
        {
            float[] outputs = Sample.Normal(width, $"outputs {trial}");
            int nearest = Enumerable.Range(0, Classes).MinBy(c => SquaredDistance(outputs, templates.Row(c)));

            Assert.Equal([nearest], Answers(loss, outputs, Classes));
            seen.Add(nearest);
        }

        Assert.True(seen.Count > Classes / 2, $"{seen.Count} classes were an answer.");
    }

    [Fact]
    public void The_first_of_equal_templates_counts_and_with_a_NaN_none()
    {
        Matrix templates = Sample.Matrix([1, 2, 3, 4, 3, 4], columns: 2);
        OutputLoss loss = OutputLoss.SquaredError(templates);

        Assert.Equal([1], Answers(loss, [3, 4.5f], classes: 3));
        Assert.Equal([0], Answers(loss, [0, 0], classes: 3));
        Assert.Empty(Answers(loss, [3, float.NaN], classes: 3));
    }

    [Fact]
    public void The_row_becomes_the_gradient_of_the_same_loss_in_a_regression() =>
        CheckPasses(OutputLoss.SquaredError(Templates(width: 7), rightBelow: 1), width: 7);

    [Fact]
    public void A_regression_has_the_loss_of_templates_and_is_right_where_that_is_small()
    {
        Matrix targets = Templates(width: 5);
        OutputLoss regression = OutputLoss.SquaredError(targets, rightBelow: 0.25), templates = OutputLoss.SquaredError(targets);

        // Off by a half in each of the outputs the mean square is 0.25, which is not below.
        foreach ((float off, bool right) in ((float, bool)[])[(0, true), (0.49f, true), (0.5f, false), (-0.49f, true), (-0.51f, false), (float.NaN, false)])
        {
            Matrix outputs = InRow([.. Enumerable.Repeat(off, 5)]), zeros = new(1, 5);
            OutputLoss aimedAtZero = OutputLoss.SquaredError(zeros, rightBelow: 0.25);

            Assert.Equal(right, aimedAtZero.Forward(outputs, Row, 0).Correct);
            Assert.Equal(templates.Forward(outputs, Row, 3).Loss, regression.Forward(outputs, Row, 3).Loss);
        }
    }

    [Fact]
    public void A_loss_is_as_wide_as_its_outputs()
    {
        Assert.All(s_overClasses, kind => Assert.Equal(Classes, Of(kind).Width));
        Assert.Equal(7, OutputLoss.SquaredError(Templates(width: 7)).Width);
    }

    private static OutputLoss Of(string kind) => kind switch
    {
        "cross-entropy" => OutputLoss.CrossEntropy(Classes),
        "float cross-entropy" => OutputLoss.FloatCrossEntropy(Classes),
        "StableMax" => OutputLoss.StableMax(Classes),
        _ => OutputLoss.SquaredError(Classes),
    };

    private static Matrix Templates(int width) => Sample.Matrix(Classes, width, "templates");

    private static void CheckPasses(OutputLoss loss, int width)
    {
        for (int target = 0; target < Classes; target++)
        {
            float[] outputs = Sample.Normal(width, $"outputs of {target}", scale: 2);
            Matrix kept = InRow(outputs), changed = InRow(outputs);

            (double Loss, bool Correct) forward = loss.Forward(kept, Row, target), both = loss.ForwardBackward(changed, Row, target, weight: 0.5);

            Assert.Equal(forward, both);
            SameBits.Check(outputs, kept.Row(Row), "the outputs stay");
            Assert.NotEqual(outputs, changed.Row(Row).ToArray());

            // Along its gradient the loss rises by its squared length.
            double squared = changed.Row(Row).ToArray().Sum(slope => (double)slope * slope);
            const float step = 1e-3f;
            double above = loss.Forward(InRow([.. outputs.Select((x, v) => x + (step * changed.Row(Row)[v]))]), Row, target).Loss;
            double below = loss.Forward(InRow([.. outputs.Select((x, v) => x - (step * changed.Row(Row)[v]))]), Row, target).Loss;
            Assert.Equal(squared, 0.5 * (above - below) / (2 * step), (0.01 * squared) + 1e-5);
        }
    }

    private static int[] Answers(OutputLoss loss, float[] outputs, int classes) =>
        [.. Enumerable.Range(0, classes).Where(c => loss.Forward(InRow(outputs), Row, c).Correct)];

    private static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
        }

        return sum;
    }

    private static Matrix InRow(float[] outputs)
    {
        Matrix matrix = Sample.Matrix(3, outputs.Length, "other rows");
        outputs.CopyTo(matrix.Row(Row));
        return matrix;
    }
}

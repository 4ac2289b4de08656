using System.Globalization;
using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

/// <summary>What all tasks of vectors have in common.</summary>
[Trait("Category", "Unit")]
public sealed class VectorTaskTests
{
    public static TheoryData<VectorTask> Tasks { get; } =
    [
        new TeacherStudent { Width = 3, Hidden = 6, Examples = 40 },
        new SparseClassification { Width = 19, Examples = 40 },
        new QuadraticRegression { Width = 17, Examples = 40 },
    ];

    public static TheoryData<VectorTask, string, object, string> OutOfRange { get; } = new()
    {
        { new TeacherStudent { Examples = 1 }, "Examples", 1, "2 to 100000" },
        { new SparseClassification { Examples = 0 }, "Examples", 0, "2 to 100000" },
        { new QuadraticRegression { Examples = 100_001 }, "Examples", 100_001, "2 to 100000" },
        {
            new SparseClassification { Width = 50_000, Examples = 2_001 },
            "Examples",
            2_001,
            "so few that the inputs, 50000 numbers each, have 100,000,000 numbers together"
        },
        { new TeacherStudent { Width = 0 }, "Width", 0, "1 to 4096" },
        { new TeacherStudent { Width = 4097 }, "Width", 4097, "1 to 4096" },
        { new TeacherStudent { Hidden = 0 }, "Hidden", 0, "1 to 4096" },
        { new TeacherStudent { Hidden = 4097 }, "Hidden", 4097, "1 to 4096" },
        { new TeacherStudent { Tolerance = 0 }, "Tolerance", 0.0, "> 0 and finite" },
        { new TeacherStudent { Tolerance = double.NaN }, "Tolerance", double.NaN, "> 0 and finite" },
        { new TeacherStudent { Tolerance = double.PositiveInfinity }, "Tolerance", double.PositiveInfinity, "> 0 and finite" },
        { new SparseClassification { Width = 0 }, "Width", 0, "1 to 100000" },
        { new SparseClassification { Width = 100_001 }, "Width", 100_001, "1 to 100000" },
        { new SparseClassification { Relevant = 0 }, "Relevant", 0, "odd and 1 to 500" },
        { new SparseClassification { Relevant = 2 }, "Relevant", 2, "odd and 1 to 500" },
        { new SparseClassification { Relevant = -1 }, "Relevant", -1, "odd and 1 to 500" },
        { new SparseClassification { Width = 4, Relevant = 5 }, "Relevant", 5, "odd and 1 to 4" },
        { new QuadraticRegression { Width = 0 }, "Width", 0, "1 to 4096" },
        { new QuadraticRegression { Width = 4097 }, "Width", 4097, "1 to 4096" },
        { new QuadraticRegression { Tolerance = -1 }, "Tolerance", -1.0, "> 0 and finite" },
        { new QuadraticRegression { Tolerance = double.NaN }, "Tolerance", double.NaN, "> 0 and finite" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void A_field_out_of_range_is_refused_with_its_name_value_and_range(VectorTask task, string field, object value, string range)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(field, task.Validate);

        Assert.Equal(value, thrown.ActualValue);
        Assert.Contains(FormattableString.Invariant($"{field} must be {range} and is {value}."), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        new TeacherStudent { Width = 1, Hidden = 1, Examples = 2, Tolerance = double.Epsilon }.Validate();
        new TeacherStudent { Width = 4096, Hidden = 4096, Tolerance = double.MaxValue }.Validate();
        new TeacherStudent { Width = 1000, Examples = 100_000 }.Validate();
        new SparseClassification { Width = 1, Relevant = 1, Examples = 2 }.Validate();
        new SparseClassification { Width = 100_000, Relevant = 99_999 }.Validate();
        new QuadraticRegression { Width = 4096, Tolerance = double.Epsilon }.Validate();
    }

    [Theory]
    [MemberData(nameof(Tasks), DisableDiscoveryEnumeration = true)]
    public void The_seed_decides_the_examples(VectorTask task)
    {
        VectorExamples drawn = task.Draw(seed: 3), again = task.Draw(seed: 3), other = task.Draw(seed: 4);

        Assert.Equal((40, task.InputWidth), (drawn.Inputs.Rows, drawn.Inputs.Columns));
        Assert.Equal(40, task.CountExamples());
        Assert.Equal(Sample(drawn.Inputs), Sample(again.Inputs));
        Assert.Equal(drawn.Answers, again.Answers);
        Assert.Equal(Sample(drawn.Targets), Sample(again.Targets));
        Assert.NotEqual(Sample(drawn.Inputs), Sample(other.Inputs));
        Assert.True(task.RightBelow is null ? !drawn.Answers.SequenceEqual(other.Answers) : !Sample(drawn.Targets).SequenceEqual(Sample(other.Targets)));
    }

    [Theory]
    [MemberData(nameof(Tasks), DisableDiscoveryEnumeration = true)]
    public void More_examples_begin_with_the_fewer(VectorTask task)
    {
        VectorExamples few = (task with { Examples = 9 }).Draw(seed: 3), many = task.Draw(seed: 3);

        Assert.Equal(Sample(few.Inputs), Sample(many.Inputs).Take(few.Inputs.Rows * task.InputWidth));
        Assert.Equal(few.Answers, many.Answers.Take(9));
        Assert.Equal(Sample(few.Targets), Sample(many.Targets).Take(9 * (few.Targets?.Columns ?? 0)));
    }

    [Theory]
    [MemberData(nameof(Tasks), DisableDiscoveryEnumeration = true)]
    public void A_regression_has_a_row_of_targets_for_each_example_and_classes_have_none(VectorTask task)
    {
        VectorExamples drawn = task.Draw(seed: 3);
        if (task.RightBelow is null)
        {
            Assert.Null(drawn.Targets);
            Assert.All(drawn.Answers, answer => Assert.InRange(answer, 0, task.AnswerCount - 1));
        }
        else
        {
            Assert.Equal((40, task.AnswerCount), (drawn.Targets!.Rows, drawn.Targets.Columns));
            Assert.Equal(Enumerable.Range(0, 40), drawn.Answers);
        }
    }

    [Fact]
    public void A_task_is_shown_by_its_name_with_its_size_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NegativeSign = "minus", NumberDecimalSeparator = "," } };
            Assert.Equal("teacher 3-6-6-3 on 40 inputs", new TeacherStudent { Width = 3, Hidden = 6, Examples = 40 }.ToString());
            Assert.Equal("3-sparse signs of 19 on 40 inputs", new SparseClassification { Width = 19, Examples = 40 }.ToString());
            Assert.Equal("quadratic of 17 on 40 inputs", new QuadraticRegression { Width = 17, Examples = 40 }.ToString());
            Assert.Equal("teacher 5-100-100-5 on 200 inputs", $"{new TeacherStudent()}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static float[] Sample(Matrix? matrix) => matrix is null ? [] : Numerics.Sample.RowMajor(matrix);
}

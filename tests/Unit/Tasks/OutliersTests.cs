using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class OutliersTests
{
    private static readonly EquationTable s_table = new(Operations.Subtract with { Modulus = 11 });
    private static readonly Split s_split = Split.Draw(s_table, 0.5, seed: 1); // 60 of 121 train

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(59)]
    public void As_many_training_equations_as_asked_for_may_have_another_answer_and_no_others(int count)
    {
        var outliers = Outliers.Draw(s_table.Answers, s_split, count, seed: 1);

        int[] equations = outliers.Examples.ToArray();
        Assert.Equal(count, equations.Length);
        Assert.Equal(equations.Order().Distinct(), equations);
        Assert.Subset(s_split.Train.ToArray().ToHashSet(), equations.ToHashSet());
        for (int equation = 0; equation < s_table.Count; equation++)
        {
            if (!equations.Contains(equation))
            {
                Assert.Equal(s_table.Answers[equation], outliers.Answers[equation]);
            }
        }

        // One in eleven has the right answer by chance.
        int wrong = equations.Count(equation => s_table.Answers[equation] != outliers.Answers[equation]);
        Assert.InRange(wrong, (int)(0.75 * count), count);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void Each_outlier_has_the_answer_of_another_training_equation_and_no_two_share_one(int count)
    {
        var table = new EquationTable(new Numbered());
        var split = Split.Draw(table, 0.9, seed: 2); // 44 of 49 train

        var outliers = Outliers.Draw(table.Answers, split, count, seed: 3);

        int[] equations = outliers.Examples.ToArray();
        int[] sources = [.. equations.Select(equation => outliers.Answers[equation])];
        Assert.Subset(split.Train.ToArray().ToHashSet(), sources.ToHashSet());
        Assert.Equal(count, sources.Distinct().Count());
        Assert.All(equations.Zip(sources), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(count > 22, equations.Intersect(sources).Any());
    }

    [Fact]
    public void More_outliers_keep_the_fewer_with_their_answers()
    {
        var few = Outliers.Draw(s_table.Answers, s_split, 10, seed: 1);
        var many = Outliers.Draw(s_table.Answers, s_split, 40, seed: 1);

        foreach (int equation in few.Examples)
        {
            Assert.True(many.Examples.Contains(equation));
            Assert.Equal(few.Answers[equation], many.Answers[equation]);
        }
    }

    [Fact]
    public void The_seed_decides_the_outliers()
    {
        Assert.Equal(Outliers.Draw(s_table.Answers, s_split, 20, 1).Answers.ToArray(), Outliers.Draw(s_table.Answers, s_split, 20, 1).Answers.ToArray());
        Assert.NotEqual(Outliers.Draw(s_table.Answers, s_split, 20, 1).Examples.ToArray(), Outliers.Draw(s_table.Answers, s_split, 20, 2).Examples.ToArray());
    }

    [Fact]
    public void Without_one_true_equation_or_with_fewer_than_none_there_is_no_draw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Outliers.Draw(s_table.Answers, s_split, 60, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Outliers.Draw(s_table.Answers, s_split, -1, 1));
    }

    [Theory]
    [InlineData("x+y", 11, 121)]
    [InlineData("x/y", 11, 110)]
    [InlineData("x*y in S", 4, 576)]
    public void Equations_are_counted_without_their_table(string formula, int size, int count)
    {
        Operation operation = Operations.Parse(formula, size);

        Assert.Equal(count, operation.CountExamples());
        Assert.Equal(count, new EquationTable(operation).Count);
    }

    // Every equation has an answer of its own, its number, so that an answer tells where it is from.
    private sealed record Numbered : Operation
    {
        public override string Name => "numbered";

        public override int ElementCount => 49;

        public override bool IsDefined(int x, int y) => x < 7 && y < 7;

        public override int Apply(int x, int y) => (7 * x) + y;

        public override void Validate()
        {
        }
    }
}

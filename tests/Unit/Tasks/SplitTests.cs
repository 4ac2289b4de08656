using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class SplitTests
{
    private static readonly EquationTable Addition = new(Operations.Add with { Modulus = 11 });
    private static readonly EquationTable Division = new(Operations.Divide with { Modulus = 11 });

    [Fact]
    public void Every_equation_trains_or_validates_and_never_both()
    {
        var split = Split.Draw(Division, 0.3, seed: 5);
        int[] all = [.. split.Train, .. split.Val];
        Array.Sort(all);
        Assert.Equal(Enumerable.Range(0, Division.Count), all);
        Assert.Equal(split.Train.ToArray().Order(), split.Train.ToArray());
        Assert.Equal(split.Val.ToArray().Order(), split.Val.ToArray());
    }

    // N = 121 and 110. 121 · 0.5 = 60.5 and 110 · 0.25 = 27.5: halves go to the even neighbour, as in Python.
    [Theory]
    [InlineData(0.5, 60)]
    [InlineData(0.3, 36)]
    [InlineData(1e-9, 1)]
    [InlineData(0.999999, 120)]
    public void The_train_fraction_is_rounded_to_a_count(double trainFraction, int count) =>
        Assert.Equal(count, Split.Draw(Addition, trainFraction, seed: 0).Train.Length);

    [Fact]
    public void A_half_is_rounded_to_the_even_count() => Assert.Equal(28, Split.Draw(Division, 0.25, seed: 0).Train.Length);

    [Fact]
    public void The_seed_decides_the_split()
    {
        Assert.Equal(Split.Draw(Addition, 0.5, 1).Train.ToArray(), Split.Draw(Addition, 0.5, 1).Train.ToArray());
        Assert.NotEqual(Split.Draw(Addition, 0.5, 1).Train.ToArray(), Split.Draw(Addition, 0.5, 2).Train.ToArray());
    }

    [Fact]
    public void Operations_with_equally_many_equations_get_the_same_split()
    {
        var subtraction = new EquationTable(Operations.Subtract with { Modulus = 11 });
        Assert.Equal(Split.Draw(Addition, 0.5, 3).Train.ToArray(), Split.Draw(subtraction, 0.5, 3).Train.ToArray());
    }

    [Fact]
    public void A_smaller_fraction_trains_on_a_part_of_what_a_larger_one_trains_on()
    {
        var small = Split.Draw(Addition, 0.2, 7);
        var large = Split.Draw(Addition, 0.6, 7);
        Assert.Subset(large.Train.ToArray().ToHashSet(), small.Train.ToArray().ToHashSet());
    }

    [Fact]
    public void Every_equation_can_train()
    {
        HashSet<int> seen = [];
        for (ulong seed = 0; seed < 100; seed++)
        {
            seen.UnionWith(Split.Draw(Addition, 0.1, seed).Train.ToArray());
        }

        Assert.Equal(Addition.Count, seen.Count);
    }

    [Theory]
    [InlineData("x+y", 11)]
    [InlineData("x/y", 11)]
    [InlineData("x*y in S", 3)]
    public void Mirror_free_are_the_validation_equations_whose_mirror_does_not_train(string formula, int size)
    {
        var table = new EquationTable(Operations.Parse(formula, size));
        var split = Split.Draw(table, 0.5, seed: 9);
        HashSet<(int, int)> trained = [];
        foreach (int equation in split.Train)
        {
            trained.Add((table.Left[equation], table.Right[equation]));
        }

        int[] expected = [.. split.Val.ToArray().Where(equation => !trained.Contains((table.Right[equation], table.Left[equation])))];
        Assert.Equal(expected, split.MirrorFreeVal.ToArray());
        Assert.InRange(expected.Length, 1, split.Val.Length - 1);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Examples_without_mirrors_are_split_like_as_many_equations_and_all_of_them_are_mirror_free(double trainFraction)
    {
        Split ofTable = Split.Draw(Addition, trainFraction, seed: 9), ofCount = Split.Draw(121, trainFraction, seed: 9);

        Assert.Equal(ofTable.Train.ToArray(), ofCount.Train.ToArray());
        Assert.Equal(ofTable.Val.ToArray(), ofCount.Val.ToArray());
        Assert.Equal(ofCount.Val.ToArray(), ofCount.MirrorFreeVal.ToArray());
    }

    [Fact]
    public void Fewer_than_two_examples_are_not_split() => Assert.Throws<ArgumentOutOfRangeException>("count", () => Split.Draw(1, 0.5, seed: 0));

    [Fact]
    public void An_equation_that_is_its_own_mirror_is_mirror_free()
    {
        var split = Split.Draw(Addition, 0.9, seed: 2);
        foreach (int equation in split.Val)
        {
            if (Addition.Left[equation] == Addition.Right[equation])
            {
                Assert.Contains(equation, split.MirrorFreeVal.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(50.0)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_to_1_is_refused_by_name(double trainFraction)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Split.Draw(Addition, trainFraction, 0));
        Assert.Contains("TrainFraction must be inside (0, 1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(trainFraction, error.ActualValue);
    }
}

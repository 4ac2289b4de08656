using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class OrderedAdditionTests
{
    // Liu et al. 2022, §3: 55 pairs of ten numbers, sums from 0 to 18.
    [Fact]
    public void Ten_numbers_have_55_pairs_and_19_sums()
    {
        var table = new EquationTable(Operations.AddOrdered);

        Assert.Equal((10, 19, 55), (Operations.AddOrdered.ElementCount, Operations.AddOrdered.AnswerCount, table.Count));
        Assert.Equal(19, table.Answers.ToArray().Distinct().Count());
        Assert.Equal((0, 18), (table.Answers.ToArray().Min(), table.Answers.ToArray().Max()));
        for (int i = 0; i < table.Count; i++)
        {
            Assert.True(table.Left[i] <= table.Right[i]);
            Assert.Equal(table.Left[i] + table.Right[i], table.Answers[i]);
            Assert.Equal(i, table.IndexOf(table.Left[i], table.Right[i]));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(17)]
    public void Each_unordered_pair_is_there_once(int size)
    {
        var table = new EquationTable(Operations.AddOrdered with { Size = size });

        Assert.Equal(size * (size + 1) / 2, table.Count);
        Assert.False(table.IsSymmetric);
        Assert.Null(table.IndexOf(1, 0));
    }

    [Fact]
    public void An_undefined_sum_is_an_error()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Operations.AddOrdered.Apply(4, 3));

        Assert.Contains("x+y for x<=y<10 is not defined for x = 4, y = 3.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.AddOrdered.Apply(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.AddOrdered.Apply(3, 10));
        Assert.Equal(18, Operations.AddOrdered.Apply(9, 9));
    }

    [Fact]
    public void It_is_found_by_its_name()
    {
        Assert.Equal("x+y for x<=y<12", (Operations.AddOrdered with { Size = 12 }).Name);
        Assert.Equal("x+y for x<=y<12", (Operations.AddOrdered with { Size = 12 }).ToString());
        Assert.Equal(Operations.AddOrdered with { Size = 12 }, Operations.Parse("x+y for x<=y<", 12));
        Assert.Equal(Operations.AddOrdered, Operations.Parse("x + y for x <= y <"));
        Assert.Contains("x+y for x<=y<", Operations.Names, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(1001)]
    public void A_size_outside_its_range_is_refused(int size)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>("Size", (Operations.AddOrdered with { Size = size }).Validate);

        Assert.Equal(size, error.ActualValue);
        Assert.Contains(FormattableString.Invariant($"Size must be 2 to 1000 and is {size}."), error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Parse("x+y for x<=y<", size));
    }

    [Fact]
    public void Only_its_answers_are_more_than_its_elements() => Assert.All(
        Operations.All.Where(operation => operation != Operations.AddOrdered),
        operation => Assert.Equal(operation.ElementCount, operation.AnswerCount));
}

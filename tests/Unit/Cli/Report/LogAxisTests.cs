using Grokking.Cli.Report;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class LogAxisTests
{
    [Fact]
    public void Decades_are_equally_far_apart()
    {
        var axis = new LogAxis(1_000_000);
        double[] gaps = [.. axis.Decades.Zip(axis.Decades.Skip(1), (from, to) => axis.Place(to) - axis.Place(from))];

        Assert.Equal(6, gaps.Length);
        Assert.All(gaps, gap => Assert.Equal(gaps[0], gap, 1e-12));
        Assert.Equal(1, axis.Place(1_000_000), 1e-12);
    }

    [Fact]
    public void Step_0_stands_left_of_step_1_on_the_axis()
    {
        var axis = new LogAxis(12_000);

        Assert.InRange(axis.Place(0), 0, axis.Place(1));
        Assert.True(axis.Place(1) - axis.Place(0) > 0.05);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(9, 9)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(6093, 7000)]
    [InlineData(1_000_001, 2_000_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void It_ends_at_a_round_number_that_covers_the_last_step(int lastStep, int end) => Assert.Equal(end, LogAxis.Covering(lastStep).End);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1000, "1,000")]
    [InlineData(10_000, "10k")]
    [InlineData(1_000_000, "1M")]
    public void Decades_are_labelled_shortly(int step, string label) => Assert.Equal(label, LogAxis.Label(step));

    [Fact]
    public void Marks_between_decades_are_on_the_axis() =>
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40], new LogAxis(45).Between);
}

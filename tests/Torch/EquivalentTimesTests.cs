namespace Grokking.Tests.Torch;

[Trait("Category", "Torch")]
public sealed class EquivalentTimesTests
{
    [Fact]
    public void The_interval_is_that_of_the_t_distribution()
    {
        // Logs 0 and ln 4 have mean ln 2 and standard error ln 2; one degree of freedom has its 95 % point at 6.314.
        EquivalentTimes times = EquivalentTimes.Of([100, 400], [100, 100]);

        Assert.Equal(2, times.Ratio, 1e-9);
        Assert.Equal(Math.Log(2) * (1 - 6.313752), Math.Log(times.AtLeast), 1e-5);
        Assert.Equal(Math.Log(2) * (1 + 6.313752), Math.Log(times.AtMost), 1e-5);
    }

    [Theory]
    [InlineData(new[] { 100, 210, 295 }, true)]
    [InlineData(new[] { 130, 260, 390 }, false)]
    [InlineData(new[] { 77, 154, 231 }, false)]
    [InlineData(new[] { 50, 200, 600 }, false)]
    public void Times_are_equivalent_if_they_are_near_and_scatter_little(int[] candidate, bool expected) =>
        Assert.Equal(expected, EquivalentTimes.Of(candidate, [100, 200, 300]).Within(1.2));
}

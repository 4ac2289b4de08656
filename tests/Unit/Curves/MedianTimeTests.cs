using Grokking.Curves;
using static Grokking.Tests.Unit.Curves.TypedTimes;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class MedianTimeTests
{
    [Fact]
    public void The_median_is_the_middle_time_or_the_mean_of_the_two()
    {
        Assert.Equal(20, MedianTime.Of(Times("30 10 20")).Value);
        Assert.Equal(25, MedianTime.Of(Times("40 30 10 20")).Value);
        Assert.Equal(7, MedianTime.Of(Times("7")).Value);
    }

    [Fact]
    public void A_censored_time_counts_as_later_than_all_observed_ones()
    {
        Assert.Equal(20, MedianTime.Of(Times("10 20 100+")).Value);
        Assert.Equal(30, MedianTime.Of(Times("20 30 5+")).Value);
    }

    [Fact]
    public void A_median_in_the_censored_part_is_only_known_to_be_late()
    {
        MedianTime odd = MedianTime.Of(Times("10 100+ 100+"));
        Assert.Null(odd.Value);
        Assert.Equal(new MedianTime(100, double.PositiveInfinity), odd);

        MedianTime even = MedianTime.Of(Times("10 20 100+ 100+"));
        Assert.Null(even.Value);
        Assert.Equal(new MedianTime(60, double.PositiveInfinity), even);
    }

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => MedianTime.Of([]));

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_time_is_finite_and_not_negative(double time)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventTime.Observed(time));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventTime.Censored(time));
    }
}

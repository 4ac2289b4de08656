using Grokking.Curves;
using static Grokking.Tests.Unit.Curves.TypedTimes;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class MedianRatioTests
{
    // A resample of three has the smallest as its median with probability 7/27, and so the largest: 95 % reach from end to end.
    [Fact]
    public void Three_runs_span_their_own_interval()
    {
        var ratio = MedianRatio.Of(Times("300 200 700"), Times("100"));
        Assert.Equal(3, ratio.Value);
        Assert.Equal(new Interval(2, 7), ratio.Interval95);
    }

    [Fact]
    public void Many_alike_runs_give_a_narrow_interval()
    {
        string times = string.Join(' ', Enumerable.Range(951, 99));
        var ratio = MedianRatio.Of(Times(times), Times("100"));
        Assert.Equal(10, ratio.Value);
        Assert.InRange(ratio.Interval95.Low, 9.75, 9.95);
        Assert.InRange(ratio.Interval95.High, 10.05, 10.25);
    }

    [Fact]
    public void Each_group_is_resampled_for_itself()
    {
        EventTime[] earlier = Times("100 200 400");
        EventTime[] later = Times("1000 2000 4000");
        Assert.Equal(new Interval(2.5, 40), MedianRatio.Of(later, earlier).Interval95);
    }

    [Fact]
    public void A_later_group_whose_budget_ran_out_gives_a_lower_bound()
    {
        var ratio = MedianRatio.Of(Times("1000+ 1000+ 1000+"), Times("100 125 200"));
        Assert.Null(ratio.Value);
        Assert.Equal((8, double.PositiveInfinity), (ratio.AtLeast, ratio.AtMost));
        Assert.Equal(new Interval(5, double.PositiveInfinity), ratio.Interval95);
    }

    [Fact]
    public void An_earlier_group_whose_budget_ran_out_gives_an_upper_bound()
    {
        var ratio = MedianRatio.Of(Times("100 125 200"), Times("1000+ 1000+ 1000+"));
        Assert.Null(ratio.Value);
        Assert.Equal((0, 0.125), (ratio.AtLeast, ratio.AtMost));
        Assert.Equal(new Interval(0, 0.2), ratio.Interval95);
    }

    [Fact]
    public void A_few_censored_runs_widen_only_the_interval()
    {
        var ratio = MedianRatio.Of(Times("500 800 1000+"), Times("100"));
        Assert.Equal(8, ratio.Value);
        Assert.Equal(new Interval(5, double.PositiveInfinity), ratio.Interval95);
    }

    [Fact]
    public void A_ratio_of_nothing_to_nothing_or_to_zero_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MedianRatio.Of([], Times("1")));
        Assert.Throws<ArgumentException>(() => MedianRatio.Of(Times("1"), []));
        Assert.Throws<ArgumentException>(() => MedianRatio.Of(Times("1"), Times("0")));
    }
}

using Grokking.Curves;
using static Grokking.Tests.Unit.Curves.TypedTimes;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class OrderedTrendTests
{
    // J by hand: 4 + 3.5 + 3 + 3 between the first two groups, 16 between the outer two, 4 + 4 + 3.5 + 3 between the last two.
    // The normal approximation gives z = (44 − 24) / 6.8 = 2.9, so p is near 0.002.
    [Fact]
    public void Three_growing_groups_show_a_trend()
    {
        var trend = OrderedTrend.Test([Times("10 12 14 16"), Times("12 18 20 22"), Times("20 25 27 30")]);
        Assert.Equal(44, trend.J);
        Assert.Equal(48, trend.Pairs);
        Assert.InRange(trend.PValue, 0.0001, 0.004);
    }

    // Of the 20 ways to choose the earlier three of six times, one is this extreme.
    [Fact]
    public void Two_separated_groups_of_three_have_the_exact_p_value_within_sampling_error()
    {
        var trend = OrderedTrend.Test([Times("1 2 3"), Times("4 5 6")]);
        Assert.Equal(9, trend.J);
        Assert.InRange(trend.PValue, 0.043, 0.057);
    }

    [Fact]
    public void A_falling_order_has_no_growing_trend()
    {
        var trend = OrderedTrend.Test([Times("4 5 6"), Times("1 2 3")]);
        Assert.Equal(0, trend.J);
        Assert.Equal(1, trend.PValue);
    }

    [Fact]
    public void Censored_times_tie_with_one_another_and_are_later_than_all_others()
    {
        Assert.Equal(4, OrderedTrend.Test([Times("500 900"), Times("100+ 200+")]).J);
        Assert.Equal(2, OrderedTrend.Test([Times("100+ 100+"), Times("200+ 200+")]).J);
        Assert.Equal(1, OrderedTrend.Test([Times("100+ 100+"), Times("200+ 200+")]).PValue);
    }

    [Fact]
    public void The_p_value_is_a_function_of_the_times()
    {
        EventTime[][] groups = [Times("3 9 4"), Times("5 8 10"), Times("6 7 12+")];
        Assert.Equal(OrderedTrend.Test(groups), OrderedTrend.Test(groups));
        Assert.InRange(OrderedTrend.Test(groups).PValue, 0.01, 0.5);
    }

    [Fact]
    public void One_group_or_an_empty_one_is_refused()
    {
        Assert.Throws<ArgumentException>(() => OrderedTrend.Test([Times("1 2")]));
        Assert.Throws<ArgumentException>(() => OrderedTrend.Test([Times("1 2"), []]));
    }
}

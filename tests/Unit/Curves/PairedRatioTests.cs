using Grokking.Curves;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class PairedRatioTests
{
    [Fact]
    public void The_ratio_is_the_median_of_the_pairs_own_ratios()
    {
        // Ratios 2, 3 and 1.5; the ratio of the medians would be 300 / 100 = 3.
        PairedRatio ratio = PairedRatio.Of(Observed(20, 300, 1500), Observed(10, 100, 1000));

        Assert.Equal(2, ratio.Value);
        Assert.Equal((3, 0, 0), (ratio.Later, ratio.Earlier, ratio.Undecided));
        Assert.Equal(0.25, ratio.PValue);
    }

    [Fact]
    public void Swapping_the_sides_inverts_everything()
    {
        EventTime[] a = [EventTime.Observed(10), EventTime.Observed(40), EventTime.Censored(50), EventTime.Observed(7)];
        EventTime[] b = [EventTime.Observed(20), EventTime.Observed(30), EventTime.Observed(45), EventTime.Observed(7)];

        PairedRatio there = PairedRatio.Of(b, a), back = PairedRatio.Of(a, b);

        Assert.Equal(1 / there.AtMost, back.AtLeast, 1e-12);
        Assert.Equal(1 / there.AtLeast, back.AtMost, 1e-12);
        Assert.Equal((there.Later, there.Earlier, there.Lost, there.Gained), (back.Earlier, back.Later, back.Gained, back.Lost));
    }

    [Fact]
    public void A_candidate_that_never_gets_there_has_no_upper_end()
    {
        PairedRatio ratio = PairedRatio.Of([EventTime.Censored(600), EventTime.Censored(600), EventTime.Observed(110)], Observed(100, 200, 100));

        Assert.Equal((3, double.PositiveInfinity), (ratio.AtLeast, ratio.AtMost));
        Assert.Null(ratio.Value);
        Assert.Equal((3, 2, 0), (ratio.Later, ratio.Lost, ratio.Gained));
    }

    [Fact]
    public void A_budget_that_ended_before_the_other_run_got_there_decides_nothing()
    {
        PairedRatio ratio = PairedRatio.Of([EventTime.Censored(100)], Observed(200));

        Assert.Equal((0, 0, 1, 0), (ratio.Later, ratio.Earlier, ratio.Undecided, ratio.Lost));
        Assert.Equal((0.5, double.PositiveInfinity), (ratio.AtLeast, ratio.AtMost));
    }

    [Fact]
    public void Two_runs_that_never_get_there_say_nothing_of_their_ratio()
    {
        PairedRatio ratio = PairedRatio.Of([EventTime.Censored(100)], [EventTime.Censored(100)]);

        Assert.Equal((0, double.PositiveInfinity), (ratio.AtLeast, ratio.AtMost));
        Assert.Equal((0, 0, 0, 1), (ratio.Lost, ratio.Gained, ratio.Later, ratio.Undecided));
    }

    [Fact]
    public void The_interval_covers_the_pairs_and_excludes_one_where_all_are_later()
    {
        PairedRatio ratio = PairedRatio.Of(Observed(120, 130, 140, 150, 125), Observed(100, 100, 100, 100, 100));

        Assert.Equal(1.3, ratio.Value!.Value, 1e-12);
        Assert.InRange(ratio.Interval95.Low, 1.2, 1.3);
        Assert.InRange(ratio.Interval95.High, 1.3, 1.5);
        Assert.Equal(ratio, PairedRatio.Of(Observed(120, 130, 140, 150, 125), Observed(100, 100, 100, 100, 100)));
    }

    [Fact]
    public void Of_two_pairs_the_ratio_is_the_geometric_mean() =>
        Assert.Equal(4, PairedRatio.Of(Observed(20, 80), Observed(10, 10)).Value);

    [Fact]
    public void Pairs_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedRatio.Of([], []));
        Assert.Throws<ArgumentException>(() => PairedRatio.Of(Observed(1, 2), Observed(1)));
        Assert.Throws<ArgumentException>(() => PairedRatio.Of(Observed(1), Observed(0)));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(8, 2, 0.109375)]
    [InlineData(5, 5, 1)]
    [InlineData(1, 0, 1)]
    public void The_sign_test_is_exact(int wins, int losses, double expected) => Assert.Equal(expected, SignTest.PValue(wins, losses));

    [Fact]
    public void The_sign_test_of_thousands_of_pairs_is_finite()
    {
        // Normal approximation with continuity correction: z = (2600 − 2500 − 0.5) / √1250 = 2.814, p = 0.00489.
        Assert.Equal(0.00489, SignTest.PValue(2600, 2400), 0.00003);
        Assert.InRange(SignTest.PValue(3000, 0), 0, 1e-70);
    }

    private static EventTime[] Observed(params double[] times) => [.. times.Select(EventTime.Observed)];
}

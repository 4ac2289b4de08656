using Grokking.Curves;
using static Grokking.Tests.Unit.Curves.TypedTimes;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class DataFractionSlopeTests
{
    [Fact]
    public void Times_that_grow_45_percent_per_point_less_data_have_the_factor_1_45()
    {
        List<TimesAtFraction> runs = [];
        double time = 1000;
        for (int percent = 30; percent >= 25; percent--, time *= 1.45)
        {
            runs.Add(new TimesAtFraction(percent / 100.0, [EventTime.Observed(time)]));
        }

        DataFractionSlope slope = DataFractionSlope.Fit(runs)!;
        Assert.Equal(1.45, slope.FactorPerPointLess, precision: 9);
        Assert.Equal(1.45, slope.Interval95.Low, precision: 9);
        Assert.Equal(1.45, slope.Interval95.High, precision: 9);
        Assert.Equal(6, slope.Fractions.Count);
    }

    // Two points: the factor over ten percentage points is the quotient of the medians, 1024 = 2^10.
    [Fact]
    public void The_line_goes_through_medians()
    {
        DataFractionSlope slope = DataFractionSlope.Fit(
            [new(0.4, Times("1 10 90")), new(0.3, Times("9000 10240 99999"))])!;
        Assert.Equal(2, slope.FactorPerPointLess, precision: 9);
        Assert.Equal([0.3, 0.4], slope.Fractions);
        Assert.True(slope.Interval95.Low < 2 && slope.Interval95.High > 2);
    }

    [Fact]
    public void Times_that_do_not_depend_on_data_have_the_factor_1()
    {
        DataFractionSlope slope = DataFractionSlope.Fit(
            [new(0.3, Times("100 110 120")), new(0.5, Times("120 110 100")), new(0.7, Times("110 100 120"))])!;
        Assert.Equal(1, slope.FactorPerPointLess, precision: 12);
    }

    [Fact]
    public void A_fraction_with_a_censored_median_is_left_out()
    {
        DataFractionSlope slope = DataFractionSlope.Fit(
            [new(0.2, Times("500 9999+ 9999+")), new(0.3, Times("400 400 9999+")), new(0.4, Times("100 100 100"))])!;
        Assert.Equal([0.3, 0.4], slope.Fractions);
        Assert.Null(DataFractionSlope.Fit([new(0.2, Times("9999+")), new(0.3, Times("400"))]));
    }

    [Fact]
    public void The_fit_is_a_function_of_the_times()
    {
        TimesAtFraction[] runs = [new(0.3, Times("900 1100 1500")), new(0.4, Times("300 350 500")), new(0.5, Times("100 150 170"))];
        Assert.Equal(DataFractionSlope.Fit(runs)!.Interval95, DataFractionSlope.Fit(runs)!.Interval95);
    }

    [Fact]
    public void Fractions_outside_their_range_or_given_twice_and_missing_times_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DataFractionSlope.Fit([new(30, Times("1"))]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataFractionSlope.Fit([new(double.NaN, Times("1"))]));
        Assert.Throws<ArgumentException>(() => DataFractionSlope.Fit([new(0.3, [])]));
        Assert.Throws<ArgumentException>(() => DataFractionSlope.Fit([new(0.3, Times("0"))]));
        Assert.Throws<ArgumentException>(() => DataFractionSlope.Fit([new(0.3, Times("1")), new(0.3, Times("2"))]));
    }
}

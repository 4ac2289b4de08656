using System.Globalization;
using Grokking.Claims;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class FiguresTests
{
    private static readonly EventTime[] Seen = [EventTime.Observed(200), EventTime.Observed(220), EventTime.Observed(300)];
    private static readonly EventTime[] NeverSeen = [EventTime.Censored(600), EventTime.Censored(600), EventTime.Censored(600)];

    [Theory]
    [InlineData(0.978, "77.8 % to 97.8 % (n = 2)")]
    [InlineData(0.7781, "77.8 % (n = 2)")]
    public void A_range_says_of_how_many_runs(double greatest, string text) => Assert.Equal(text, Figures.Percents([greatest, 0.778]));

    [Fact]
    public void A_median_has_the_range_beside_it() =>
        Assert.Equal("50.0 % (10.0 % to 60.0 %, n = 3)", Figures.Median([0.6, 0.1, 0.5], Figures.Percent));

    [Fact]
    public void A_median_of_times_is_a_lower_bound_where_it_was_not_seen()
    {
        Assert.Equal("220 (200 to 300, n = 3)", Figures.Median(Seen, Figures.Steps));
        Assert.Equal("≥ 600 (≥ 600, n = 3)", Figures.Median(NeverSeen, Figures.Steps));
        Assert.Equal("220 (200 to ≥ 600, n = 3)", Figures.Median([Seen[1], NeverSeen[0], Seen[0]], Figures.Steps));
        Assert.Equal("≥ 200 (≥ 150 to 220, n = 3)", Figures.Median([EventTime.Censored(150), Seen[0], Seen[1]], Figures.Steps));
    }

    [Fact]
    public void A_lead_is_of_the_closest_and_the_farthest_two() =>
        Assert.Equal("+10.0 points to +60.0 points (n = 2 and 3)", Figures.Lead([0.7, 0.9], [0.6, 0.3, 0.5]));

    [Fact]
    public void A_ratio_has_its_interval()
    {
        Assert.Equal("1.00× (95 % 0.67× to 1.50×, n = 3 and 3)", Figures.Ratio(MedianRatio.Of(Seen, Seen)));
        Assert.Equal("≥ 2.73× (95 % from 2.00×, n = 3 and 3)", Figures.Ratio(MedianRatio.Of(NeverSeen, Seen)));
        Assert.Equal("≤ 0.37× (95 % 0.00× to 0.50×, n = 3 and 3)", Figures.Ratio(MedianRatio.Of(Seen, NeverSeen)));
        Assert.Equal("unknown, as neither median was seen (n = 3 and 3)", Figures.Ratio(MedianRatio.Of(NeverSeen, NeverSeen)));
    }

    [Fact]
    public void A_culture_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };

            Assert.Equal("≥ 2.73× (95 % from 2.00×, n = 3 and 3)", Figures.Ratio(MedianRatio.Of(NeverSeen, Seen)));
            Assert.Equal("+10.0 points (n = 1 and 1)", Figures.Lead([0.7], [0.6]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

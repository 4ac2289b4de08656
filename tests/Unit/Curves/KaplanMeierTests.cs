using Grokking.Curves;
using static Grokking.Tests.Unit.Curves.TypedTimes;

namespace Grokking.Tests.Unit.Curves;

[Trait("Category", "Unit")]
public sealed class KaplanMeierTests
{
    // Remission of leukaemia in weeks, 6-MP and placebo: Freireich et al. 1963, the standard example of survival textbooks.
    private const string SixMP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    private const string Placebo = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";

    [Theory]
    [InlineData(6, 21, 3, 0.857)]
    [InlineData(7, 17, 1, 0.807)]
    [InlineData(10, 15, 1, 0.753)]
    [InlineData(13, 12, 1, 0.690)]
    [InlineData(16, 11, 1, 0.627)]
    [InlineData(22, 7, 1, 0.538)]
    [InlineData(23, 6, 1, 0.448)]
    public void The_leukaemia_data_have_their_textbook_estimate(double time, int atRisk, int events, double survival)
    {
        SurvivalStep step = Assert.Single(KaplanMeier.Estimate(Times(SixMP)).Steps, step => step.Time.Equals(time));
        Assert.Equal((atRisk, events), (step.AtRisk, step.Events));
        Assert.Equal(survival, step.Survival, precision: 3);
    }

    [Fact]
    public void The_leukaemia_data_have_their_textbook_medians()
    {
        var sixMP = KaplanMeier.Estimate(Times(SixMP));
        Assert.Equal(7, sixMP.Steps.Count);
        Assert.Equal(23, sixMP.Median);
        Assert.Equal(8, KaplanMeier.Estimate(Times(Placebo)).Median);
    }

    [Fact]
    public void Where_survival_is_one_half_for_a_while_the_median_is_the_middle_of_it()
    {
        for (int half = 1; half <= 40; half++)
        {
            string times = string.Join(' ', Enumerable.Range(1, 2 * half));
            Assert.Equal(half + 0.5, KaplanMeier.Estimate(Times(times)).Median);
        }
    }

    [Fact]
    public void Without_enough_events_there_is_no_median()
    {
        Assert.Null(KaplanMeier.Estimate(Times("5 10+ 10+")).Median);
        Assert.Null(KaplanMeier.Estimate(Times("5 6 10+ 10+")).Median);
        Assert.Null(KaplanMeier.Estimate(Times("10+ 10+")).Median);
        Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate([]));
    }
}

using Grokking.Claims;
using Grokking.Cli.Report;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class PlaneScaleTests
{
    private static readonly FigureAxis Logarithmic = new("loss", IsLogarithmic: true);
    private static readonly FigureAxis Linear = new("accuracy", IsLogarithmic: false);

    [Fact]
    public void A_logarithmic_axis_goes_from_power_to_power()
    {
        var scale = new PlaneScale(Logarithmic, [0.02, 1, 40]);

        Assert.Equal(["0.01", "0.1", "1", "10", "100"], scale.Ticks.Select(tick => tick.Label), StringComparer.Ordinal);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], scale.Ticks.Select(tick => tick.Place));
        Assert.Equal(0.5, scale.Place(1), 1e-12);
    }

    [Fact]
    public void Many_decades_have_a_few_ticks()
    {
        var scale = new PlaneScale(Logarithmic, [1e-13, 9]);

        Assert.Equal(["1e-14", "1e-12", "1e-10", "1e-8", "1e-6", "1e-4", "0.01", "1", "100"], scale.Ticks.Select(tick => tick.Label), StringComparer.Ordinal);
    }

    [Fact]
    public void A_linear_axis_has_round_steps()
    {
        var scale = new PlaneScale(Linear, [0.05, 0.97]);

        Assert.Equal(["0", "0.2", "0.4", "0.6", "0.8", "1"], scale.Ticks.Select(tick => tick.Label), StringComparer.Ordinal);
        Assert.Equal(0.3, scale.Place(0.3), 1e-12);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(-1, true, false)]
    [InlineData(0, false, true)]
    [InlineData(double.NaN, false, false)]
    [InlineData(double.PositiveInfinity, true, false)]
    public void What_has_no_place_is_not_shown(double value, bool logarithmic, bool shown) =>
        Assert.Equal(shown, new PlaneScale(logarithmic ? Logarithmic : Linear, [1, 2]).Shows(value));

    [Fact]
    public void One_value_or_none_still_makes_an_axis()
    {
        Assert.Equal(["1", "10"], new PlaneScale(Logarithmic, [1]).Ticks.Select(tick => tick.Label), StringComparer.Ordinal);
        Assert.True(new PlaneScale(Linear, []).Ticks.Count >= 2);
        Assert.True(new PlaneScale(Linear, [0.5, 0.5]).Ticks.Count >= 2);
    }
}

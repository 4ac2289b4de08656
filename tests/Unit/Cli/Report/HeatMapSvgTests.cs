using System.Globalization;
using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Cli.Report;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed partial class HeatMapSvgTests
{
    // An end-anchored label begins left of the picture where its end is not far enough to the right.
    [Theory]
    [InlineData("x+y")]
    [InlineData("Adam, weight noise 0.01")]
    public void The_labels_of_rows_have_room(string label)
    {
        var map = new HeatMap("what", "fraction", ["45 %", "90 %"], "intervention", [label], [[new HeatCell(1, "100.0 %"), HeatCell.NotTrained]]);

        string svg = HeatMapSvg.Draw(map).ToString();

        double end = double.Parse(RowLabel().Match(svg).Groups["x"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(end, 6 * label.Length, 200);
    }

    [GeneratedRegex("""<text class="end" x="(?<x>[0-9.]+)" y="[0-9.]+">(x|A)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowLabel();
}

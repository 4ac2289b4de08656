using System.Globalization;
using Grokking.Claims;

namespace Grokking.Cli.Report;

/// <summary>A <see cref="HeatMap"/> as SVG.</summary>
internal static class HeatMapSvg
{
    // The text in a cell is read on its colour.
    private const double MostOpaque = 0.55;

    private const double Width = 440, LeastLeft = 96, Top = 34, CellHeight = 44;

    // Of a letter of a label, on average.
    private const double LetterWidth = 6.8;

    public static Html Draw(HeatMap map)
    {
        double left = Math.Max(LeastLeft, 18 + (LetterWidth * map.Y.Max(label => label.Length)));
        double cellWidth = (Width - left - 10) / map.X.Count, bottom = Top + (CellHeight * map.Y.Count);
        return Html.Of($"""
            <figure class="heat">
            <figcaption><strong>{map.Caption}</strong></figcaption>
            <svg viewBox="0 0 {Width} {bottom + 44}" role="img" aria-label="{map.Caption}: {map.YTitle} over {map.XTitle}.">
            {map.Cells.SelectMany((row, j) => row.Select((cell, i) => Cell(cell, left + (i * cellWidth), Top + (j * CellHeight), cellWidth)))}
            <g class="ticks">
            <text class="title" x="10" y="12">{map.YTitle}</text>
            {map.Y.Select((label, j) => Html.Of($"""<text class="end" x="{left - 8}" y="{Top + ((j + 0.5) * CellHeight) + 4}">{label}</text>"""))}
            {map.X.Select((label, i) => Html.Of($"""<text class="mid" x="{left + ((i + 0.5) * cellWidth)}" y="{bottom + 17}">{label}</text>"""))}
            <text class="end" x="{Width - 10}" y="{bottom + 36}">{map.XTitle}</text>
            </g>
            </svg>
            </figure>

            """);
    }

    private static Html Cell(HeatCell cell, double x, double y, double width)
    {
        string opacity = (MostOpaque * Math.Clamp(cell.Share, 0, 1)).ToString("0.##", CultureInfo.InvariantCulture);
        return Html.Of($"""
            <rect class="cell" x="{x}" y="{y}" width="{width}" height="{CellHeight}"/><rect class="heat" x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{CellHeight - 2}" fill-opacity="{opacity}"/><text class="cell" x="{x + (width / 2)}" y="{y + (CellHeight / 2) + 4}">{cell.Text}</text>
            """);
    }
}

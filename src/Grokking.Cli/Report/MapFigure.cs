using Grokking.Claims;

namespace Grokking.Cli.Report;

/// <summary>A picture of rows in the plane as SVG, with one scale for both directions.</summary>
internal static class MapFigure
{
    private const double Side = 300, Margin = 14;

    public static Html Draw(string group, RowMap map)
    {
        if (map.Points.Count == 0)
        {
            return Html.Empty;
        }

        double left = map.Points.Min(point => point.X), bottom = map.Points.Min(point => point.Y);
        double extent = Math.Max(map.Points.Max(point => point.X) - left, map.Points.Max(point => point.Y) - bottom);
        double scale = extent > 0 ? (Side - (2 * Margin)) / extent : 0;
        return Html.Of($"""
            <figure class="map">
            <figcaption><strong>{group}</strong> <span>{map.Caption}</span></figcaption>
            <svg viewBox="0 0 {Side} {Side}" role="img" aria-label="{group}: {map.Caption}">
            {(map.Path.Count > 1 ? Html.Of($"""<polyline class="line" points="{map.Path.Select(place => Html.Of($"{X(map.Points[place])},{Y(map.Points[place])} "))}"/>""") : Html.Empty)}
            {map.Points.Select(point => Html.Of($"""<circle cx="{X(point)}" cy="{Y(point)}" r="4" fill="hsl({point.Hue}, 60%, 50%)"><title>{point.Label}</title></circle>"""))}
            </svg>
            </figure>

            """);

        double X(MapPoint point) => Margin + ((point.X - left) * scale);

        double Y(MapPoint point) => Side - Margin - ((point.Y - bottom) * scale);
    }
}

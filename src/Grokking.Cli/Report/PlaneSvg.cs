using System.Globalization;
using Grokking.Claims;

namespace Grokking.Cli.Report;

/// <summary>A <see cref="PlaneFigure"/> as SVG.</summary>
internal static class PlaneSvg
{
    private const double Width = 440, Height = 300;
    private const double Left = 52, Right = Width - 14, Top = 34, Bottom = 246;
    private const double KeyWidth = 116;

    public static Html Draw(PlaneFigure figure)
    {
        FigurePoint[] points = [.. figure.Series.SelectMany(series => series.Dots.Concat(series.Line))];
        var x = new PlaneScale(figure.X, points.Select(point => point.X));
        var y = new PlaneScale(figure.Y, points.Select(point => point.Y));
        return Html.Of($"""
            <figure class="plane">
            <figcaption><strong>{figure.Caption}</strong></figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{figure.Caption}: {figure.Y.Title} over {figure.X.Title}.">
            <g class="grid">{x.Ticks.Select(tick => Html.Of($"""<path d="M{X(tick.Place)} {Top}V{Bottom}"/>"""))}{y.Ticks.Select(tick => Html.Of($"""<path d="M{Left} {Y(tick.Place)}H{Right}"/>"""))}</g>
            <path class="axis" d="M{Left} {Top}V{Bottom}H{Right}"/>
            {figure.Series.Select(series => Line(series, x, y))}
            {figure.Series.Select(series => series.Dots.Where(dot => x.Shows(dot.X) && y.Shows(dot.Y)).Select(dot => Html.Of($"""<circle class="{ClassOf(series)}" cx="{X(x.Place(dot.X))}" cy="{Y(y.Place(dot.Y))}" r="3"/>""")))
                .Select(Html.Join)}
            <g class="ticks">
            <text class="title" x="{Left}" y="12">{figure.Y.Title}</text>
            {figure.Series.Select((series, i) => Html.Of($"""<path class="{ClassOf(series)}" d="M{Right - (KeyWidth * (figure.Series.Count - i))} 22h16"/><text x="{Right - (KeyWidth * (figure.Series.Count - i)) + 21}" y="26">{series.Name}</text>"""))}
            {x.Ticks.Select(tick => Html.Of($"""<text class="mid" x="{X(tick.Place)}" y="{Bottom + 17}">{tick.Label}</text>"""))}
            {y.Ticks.Select(tick => Html.Of($"""<text class="end" x="{Left - 6}" y="{Y(tick.Place) + 4}">{tick.Label}</text>"""))}
            <text class="end" x="{Right}" y="{Bottom + 36}">{figure.X.Title}{(figure.X.IsLogarithmic ? ", log scale" : "")}</text>
            </g>
            </svg>
            </figure>

            """);
    }

    private static Html Line(FigureSeries series, PlaneScale x, PlaneScale y)
    {
        string path = string.Join(
            'L',
            series.Line.Where(point => x.Shows(point.X) && y.Shows(point.Y)).Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{X(x.Place(point.X)):0.##} {Y(y.Place(point.Y)):0.##}")));
        return path.Length == 0 ? Html.Empty : Html.Of($"""<path class="{ClassOf(series)}" d="M{path}"/>""");
    }

    private static string ClassOf(FigureSeries series) => series.Kind switch
    {
        SeriesKind.Train => "train",
        SeriesKind.Val => "val",
        _ => "guide",
    };

    private static double X(double place) => Left + ((Right - Left) * place);

    private static double Y(double place) => Bottom + ((Top - Bottom) * place);
}

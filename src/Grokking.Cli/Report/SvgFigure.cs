using System.Globalization;
using System.Text;
using Grokking.Curves;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>
/// The figure of a group without any script: accuracies above, validation loss below, one logarithmic axis of steps under both. Colours come from
/// the page's style sheet.
/// </summary>
internal static class SvgFigure
{
    private const double Width = 440, Height = 296;
    private const double Left = 42, Right = Width - 10;
    private const double AccuracyTop = 22, AccuracyBottom = 146;
    private const double LossTop = 176, LossBottom = 254;

    public static Html Draw(GroupFigure figure) => Html.Of($"""
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Describe(figure)}">
        {Delay(figure)}{Grid(figure)}
        {figure.Curves.Select(curve => Line(figure, curve, "train", point => Accuracy(point.TrainAccuracy)))}
        {figure.Curves.Select(curve => Line(figure, curve, "val", point => Accuracy(point.ValAccuracy)))}
        {figure.Curves.Select(curve => Line(figure, curve, "loss", point => Loss(figure, point.ValLoss)))}
        </svg>

        """);

    private static string Describe(GroupFigure figure) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Printable.Line(figure.Name)}: accuracy and validation loss against steps, 1 to {figure.Axis.End:N0}, logarithmic. {figure.InWords()}.");

    private static Html Grid(GroupFigure figure)
    {
        LogAxis axis = figure.Axis;
        double middle = figure.LossEnd / 2;
        string guess = figure.ChanceLoss is { } chance ? FormattableString.Invariant($"M{Left} {Loss(figure, chance):0.##}H{Right}") : "";
        double breakAt = (X(axis, 0) + X(axis, 1)) / 2;
        return Html.Of($"""
            <g class="grid">
            {axis.Decades.Select(step => Html.Of($"""<path d="M{X(axis, step)} {AccuracyTop}V{AccuracyBottom}M{X(axis, step)} {LossTop}V{LossBottom}"/>"""))}
            <path d="M{Left} {Accuracy(0.5)}H{Right}M{Left} {AccuracyTop}H{Right}M{Left} {Loss(figure, middle)}H{Right}M{Left} {LossTop}H{Right}"/>
            </g>
            <path class="axis" d="M{Left} {AccuracyBottom}H{Right}M{Left} {LossBottom}H{Right}{axis.Decades.Select(step => Tick(axis, step, 5))}{axis.Between.Select(step => Tick(axis, step, 3))}{Tick(axis, 0, 5)}"/>
            <path class="break" d="M{breakAt - 2} {AccuracyBottom}h4M{breakAt - 2} {LossBottom}h4"/>
            <path class="axis" d="M{breakAt - 3.5} {LossBottom + 3.5}l3 -7m2 7l3 -7M{breakAt - 3.5} {AccuracyBottom + 3.5}l3 -7m2 7l3 -7"/>
            <path class="guide" d="M{Left} {Accuracy(CurvePoint.LearntAccuracy)}H{Right}{guess}"/>
            <g class="ticks">
            <text class="title" x="{Left}" y="12">accuracy</text>
            <path class="train" d="M{Right - 154} 8h16"/><text x="{Right - 133}" y="12">training</text>
            <path class="val" d="M{Right - 77} 8h16"/><text x="{Right}" y="12" class="end">validation</text>
            <text class="end" x="{Left - 6}" y="{AccuracyTop + 4}">100 %</text><text class="end" x="{Left - 6}" y="{Accuracy(0.5) + 4}">50</text><text class="end" x="{Left - 6}" y="{AccuracyBottom + 4}">0</text>
            <text class="title" x="{Left}" y="{LossTop - 10}">validation loss, {figure.LossUnit}</text>
            <text class="end" x="{Right}" y="{LossTop - 10}">dashed: 99 %{(figure.ChanceLoss is null ? "" : ", uniform guess")}</text>
            <text class="end" x="{Left - 6}" y="{LossTop + 4}">{Number(figure.LossEnd)}</text><text class="end" x="{Left - 6}" y="{Loss(figure, middle) + 4}">{Number(middle)}</text><text class="end" x="{Left - 6}" y="{LossBottom + 4}">0</text>
            <text class="mid" x="{X(axis, 0)}" y="{LossBottom + 17}">0</text>
            {axis.Decades.Select(step => Html.Of($"""<text class="mid" x="{X(axis, step)}" y="{LossBottom + 17}">{LogAxis.Label(step)}</text>"""))}
            <text class="end" x="{Right}" y="{LossBottom + 34}">steps, log scale</text>
            </g>
            """);
    }

    // Between the medians of memorising and of generalising: the delay that the paper is about.
    private static Html Delay(GroupFigure figure)
    {
        if (figure.Memorized.Value is not { } from || figure.Generalized.Value is not { } to || to <= from)
        {
            return Html.Empty;
        }

        double left = X(figure.Axis, (int)from), right = X(figure.Axis, (int)to);
        return Html.Of($"""
            <rect class="delay" x="{left}" y="{AccuracyTop}" width="{right - left}" height="{AccuracyBottom - AccuracyTop}"/>
            <rect class="delay" x="{left}" y="{LossTop}" width="{right - left}" height="{LossBottom - LossTop}"/>
            """);
    }

    // Step 0 is a dot of its own left of the break: no line crosses it.
    private static Html Line(GroupFigure figure, LearningCurve curve, string kind, Func<CurvePoint, double> y)
    {
        var path = new StringBuilder();
        bool gap = true;
        Html zero = Html.Empty;
        foreach (CurvePoint point in curve.Points)
        {
            double at = y(point);
            if (!double.IsFinite(at))
            {
                gap = true;
            }
            else if (point.Step == 0)
            {
                zero = Html.Of($"""<circle class="{kind}" cx="{X(figure.Axis, 0)}" cy="{at}" r="1.8"/>""");
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"{(gap ? 'M' : 'L')}{X(figure.Axis, point.Step):0.##} {at:0.##}");
                gap = false;
            }
        }

        return Html.Of($"""{zero}<path class="{kind}" d="{path.ToString()}"/>""");
    }

    private static Html Tick(LogAxis axis, int step, double length) =>
        Html.Of($"M{X(axis, step)} {LossBottom}v{length}M{X(axis, step)} {AccuracyBottom}v{length}");

    private static double X(LogAxis axis, int step) => Left + ((Right - Left) * axis.Place(step));

    private static double Accuracy(double share) => AccuracyBottom + ((AccuracyTop - AccuracyBottom) * share);

    private static double Loss(GroupFigure figure, double loss) => LossBottom + ((LossTop - LossBottom) * loss / figure.LossEnd);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

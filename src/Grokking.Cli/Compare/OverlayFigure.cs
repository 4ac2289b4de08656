using System.Globalization;
using System.Text;
using Grokking.Cli.Report;
using Grokking.Curves;

namespace Grokking.Cli.Compare;

/// <summary>
/// Both sides of a comparison on one logarithmic axis of steps: above every run's validation accuracy, below one line for each pair from A's step
/// of 99 % to B's. Colours come from the style sheet around it.
/// </summary>
internal static class OverlayFigure
{
    private const double Width = 560;
    private const double Left = 46, Right = Width - 12;
    private const double AccuracyTop = 30, AccuracyBottom = 220;
    private const double PairsTop = 258;

    /// <summary>The drawing, an svg element.</summary>
    public static Html Draw(Comparison comparison)
    {
        IReadOnlyList<RunPair> pairs = comparison.Pairing.Pairs;
        LogAxis axis = LogAxis.Covering(pairs.Max(pair => Math.Max(Last(pair.Baseline), Last(pair.Candidate))));
        double rowHeight = Math.Clamp(240.0 / pairs.Count, 3, 14);
        double bottom = PairsTop + (rowHeight * pairs.Count) + 6;
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" class="overlay" viewBox="0 0 {Width} {bottom + 40}" role="img" aria-label="{Describe(comparison)}">
            <g class="grid">{axis.Decades.Select(step => Html.Of($"""<path d="M{X(axis, step)} {AccuracyTop}V{AccuracyBottom}M{X(axis, step)} {PairsTop}V{bottom}"/>"""))}<path d="M{Left} {Y(0.5)}H{Right}M{Left} {AccuracyTop}H{Right}"/></g>
            <path class="guide" d="M{Left} {Y(CurvePoint.LearntAccuracy)}H{Right}"/>
            <path class="axis" d="M{Left} {AccuracyBottom}H{Right}M{Left} {bottom}H{Right}"/>
            {pairs.Select(pair => Line(axis, pair.Baseline.Curve, "a"))}
            {pairs.Select(pair => Line(axis, pair.Candidate.Curve, "b"))}
            {pairs.Select((pair, i) => Row(axis, pair, PairsTop + (rowHeight * (i + 0.5)) + 3))}
            <g class="ticks">
            <text x="{Left}" y="14">validation accuracy</text>
            <path class="a" d="M{Right - 212} 10h18"/><text x="{Right - 189}" y="14">A, baseline</text><path class="b" d="M{Right - 104} 10h18"/><text x="{Right}" y="14" class="end">B, candidate</text>
            <text class="end" x="{Left - 6}" y="{AccuracyTop + 4}">100 %</text><text class="end" x="{Left - 6}" y="{Y(0.5) + 4}">50</text><text class="end" x="{Left - 6}" y="{AccuracyBottom + 4}">0</text>
            <text x="{Left}" y="{PairsTop - 12}">steps to 99 %, one line a pair; open where the budget ended before</text>
            {axis.Decades.Select(step => Html.Of($"""<text class="mid" x="{X(axis, step)}" y="{bottom + 16}">{LogAxis.Label(step)}</text>"""))}
            <text class="end" x="{Right}" y="{bottom + 33}">steps, log scale</text>
            </g>
            </svg>

            """);
    }

    private static string Describe(Comparison comparison) => string.Create(
        CultureInfo.InvariantCulture,
        $"Validation accuracy against steps of {comparison.Pairing.Pairs.Count} pairs of runs. Steps to 99 % validation, B over A: {comparison.Effect}.");

    // Step 0 has no place on the axis.
    private static Html Line(LogAxis axis, LearningCurve curve, string side)
    {
        var path = new StringBuilder();
        foreach (CurvePoint point in curve.Points.Where(point => point.Step > 0 && double.IsFinite(point.ValAccuracy)))
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(axis, point.Step):0.##} {Y(point.ValAccuracy):0.##}");
        }

        return Html.Of($"""<path class="{side}" d="{path.ToString()}"/>""");
    }

    private static Html Row(LogAxis axis, RunPair pair, double y)
    {
        double a = X(axis, Math.Max(1, (int)pair.Baseline.Generalized.Time)), b = X(axis, Math.Max(1, (int)pair.Candidate.Generalized.Time));
        return Html.Of($"""<path class="pair" d="M{a} {y}H{b}"/>{Dot(pair.Baseline, a, y, "a")}{Dot(pair.Candidate, b, y, "b")}""");
    }

    private static Html Dot(ComparedRun run, double x, double y, string side) =>
        Html.Of($"""<circle class="{side}{(run.Generalized.IsCensored ? " open" : "")}" cx="{x}" cy="{y}" r="2.6"/>""");

    private static int Last(ComparedRun run) => Math.Max(run.Curve.LastStep, run.Curve.Budget is var budget && run.Generalized.IsCensored ? budget : 0);

    private static double X(LogAxis axis, int step) => Left + ((Right - Left) * axis.Place(step));

    private static double Y(double accuracy) => AccuracyBottom + ((AccuracyTop - AccuracyBottom) * accuracy);
}

using Grokking.Cli.Report;
using Grokking.Reporting;

namespace Grokking.Cli.Compare;

/// <summary>A comparison as one file that needs nothing else and runs no script: HTML with the table, or the drawing alone as SVG.</summary>
internal static class ComparePage
{
    private static readonly EmbeddedAsset s_styles = EmbeddedAsset.Load("compare.css");

    /// <summary>The page.</summary>
    /// <param name="comparison">What is shown.</param>
    /// <param name="baseline">What side A is, in the user's words.</param>
    /// <param name="candidate">What side B is.</param>
    public static string Html(Comparison comparison, string baseline, string candidate)
    {
        IReadOnlyList<IReadOnlyList<Cell>> rows = comparison.Tabulate().Rows;
        return Report.Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {s_styles.CspSource}; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{comparison.Answer}: {comparison.Effect}</title>
            <style>{Report.Html.Trusted(s_styles)}</style>
            </head>
            <body>
            <p class="overline">Steps to 99 % validation accuracy, B over A</p>
            <h1>{comparison.InWords}: {comparison.Effect}</h1>
            <dl><dt>A, baseline</dt><dd>{baseline}</dd><dt>B, candidate</dt><dd>{candidate}</dd>{comparison.Pairing.Differences.Select(Difference)}<dt>A generalises in</dt><dd>{comparison.Generalized(pair => pair.Baseline)}</dd><dt>B generalises in</dt><dd>{comparison.Generalized(pair => pair.Candidate)}</dd><dt>Pairs</dt><dd>{comparison.Counts}</dd><dt>Sign test</dt><dd>{comparison.SignTest}</dd></dl>
            <figure>{OverlayFigure.Draw(comparison)}</figure>
            <div class="scroll"><table>
            <thead><tr>{comparison.Tabulate().Headings.Select(heading => Report.Html.Of($"""<th scope="col">{heading}</th>"""))}</tr></thead>
            <tbody>
            {rows.Select(row => Report.Html.Of($"<tr>{row.Select(cell => Report.Html.Of($"<td>{cell.Text}</td>"))}</tr>\n"))}</tbody>
            </table></div>
            </body>
            </html>

            """).Markup;
    }

    /// <summary>The drawing alone, with its styles.</summary>
    public static string Svg(Comparison comparison)
    {
        string drawing = OverlayFigure.Draw(comparison).Markup;
        int inside = drawing.IndexOf('>', StringComparison.Ordinal) + 1;
        return $"{drawing[..inside]}\n<style>{Report.Html.Trusted(s_styles).Markup}</style>{drawing[inside..]}";
    }

    private static Html Difference(SideDifference difference) =>
        Report.Html.Of($"<dt>{difference.Path}</dt><dd>{string.Join(", ", difference.Baseline)} → {string.Join(", ", difference.Candidate)}</dd>");
}

using System.Globalization;
using Grokking.Claims;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>The report as one HTML file that needs nothing else: no network, and no script to be read.</summary>
internal static class ReportPage
{
    public static string Write(ReportContent content)
    {
        EmbeddedAsset[] styles = [EmbeddedAsset.UPlotStyles, EmbeddedAsset.ReportStyles];
        EmbeddedAsset[] scripts = [EmbeddedAsset.UPlotScript, EmbeddedAsset.ReportScript];
        string policy = $"default-src 'none'; style-src {Sources(styles)}; script-src {Sources(scripts)}; base-uri 'none'; form-action 'none'";
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="grok report">
            <title>{Title(content)}</title>
            {styles.Select(style => Html.Of($"<style>{Html.Trusted(style)}</style>\n"))}</head>
            <body>
            <a class="skip" href="#claims">Skip to the claims</a>
            {Header(content)}
            <main id="claims">
            {content.Claims.Select((claim, i) => ClaimSection.Write(claim, i + 1, content.TrainingCommand(claim.Claim)))}
            {Environment(content)}
            </main>
            {Footer()}
            {scripts.Select(script => Html.Of($"<script>{Html.Trusted(script)}</script>\n"))}</body>
            </html>

            """).Markup;
    }

    /// <summary>E.g. "3 of 4 claims hold, 1 not run".</summary>
    public static string InWords(ReportContent content)
    {
        int held = content.Claims.Count(claim => claim.Run is { Verdict.Holds: true });
        int reported = content.Claims.Count(claim => claim.Run is { Passes: true, Verdict.Holds: false });
        int notRun = content.Claims.Count(claim => claim.Run is null);
        string text = string.Create(CultureInfo.InvariantCulture, $"{held} of {content.Claims.Count} claims hold");
        text += reported == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {reported} reported not to");
        return notRun == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}, {notRun} not run");
    }

    private static string Title(ReportContent content) => $"Grokking: {InWords(content)}";

    private static Html Header(ReportContent content) => Html.Of($"""
        <header>
        <p class="overline">Claims about grokking, held against their runs</p>
        <h1>{InWords(content)}</h1>
        <p class="lead">Power et al. 2022 claim that a small transformer generalises long after it has memorised; later papers say how and why. Each claim below is an inequality on learning curves, judged over several seeds, with negative controls that the same judge must refuse.</p>
        <dl class="facts"><div><dt>Tier</dt><dd>{TierVariable.NameOf(content.Tier)}</dd></div><div><dt>Engine</dt><dd>{content.EngineId}</dd></div></dl>
        <table class="summary">
        <thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Effect</th><th scope="col" class="number">Runs</th><th scope="col">Seeds</th></tr></thead>
        <tbody>
        {content.Claims.Select((claim, i) => SummaryRow(claim, i + 1))}</tbody>
        </table>
        </header>
        """);

    private static Html SummaryRow(ReportedClaim claim, int number) => Html.Of($"""
        <tr><th scope="row"><a href="#claim-{number}">{Printable.Line(claim.Claim.Name)}</a></th><td>{VerdictMark.Of(claim)}</td><td data-label="Effect">{claim.Run?.Verdict.Effect ?? "—"}</td><td class="number" data-label="Runs">{RunCount.Of(claim)}</td><td data-label="Seeds">{RunCount.Seeds(claim)}</td></tr>

        """);

    private static Html Environment(ReportContent content) => content.Environment.Count == 0 ? Html.Empty : Html.Of($"""
        <section id="environment">
        <h2>Environment</h2>
        <dl class="pairs">{content.Environment.Select(fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>\n"))}</dl>
        </section>
        """);

    private static Html Footer() => Html.Of($"""
        <footer>
        <h2>How to read the figures</h2>
        <p>Thin lines are single seeds, one line a seed; every evaluation is drawn and nothing is smoothed or resampled. The axis of steps is logarithmic. Step 0, the untrained model, has no place on such an axis: it is the dot left of the break. The shaded span runs from the median step of 99 % training accuracy to the median step of 99 % validation accuracy. A run ends where its budget does, or at its first evaluation with both accuracies at 99 %.</p>
        <p>A figure with <i>n</i> is of <i>n</i> runs, from the least to the greatest; where they are seeds of one experiment, the median of all seeds lies between them with probability 1 − 2<sup>1 − <i>n</i></sup>: 75 % for three, 94 % for five. Where 95 % stands before a range, it is that of a bootstrap over the seeds.</p>
        <p>Fails on fresh seeds: of draws of its seeds from the sets of a calibration, those that the claim fails on. Most bounds were chosen in sight of the same sets, so 0 means rare and not never.</p>
        <p>A result marked <span class="tag">cached</span> was read from a store; nothing was trained for this report.</p>
        <details><summary>Licence of uPlot {EmbeddedAsset.UPlotVersion}, which draws the interactive charts</summary><pre>{EmbeddedAsset.UPlotLicence.Text}</pre></details>
        </footer>
        """);

    private static string Sources(IEnumerable<EmbeddedAsset> assets) => string.Join(' ', assets.Select(asset => asset.CspSource));
}

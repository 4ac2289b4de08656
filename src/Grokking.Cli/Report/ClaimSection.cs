using Grokking.Claims;
using Grokking.Configuration;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Cli.Report;

/// <summary>One claim of the page: the sentence, what came of it, what it rests on, and where it differs from the paper.</summary>
internal static class ClaimSection
{
    public static Html Write(ReportedClaim claim, int number, string trainingCommand) => Html.Of($"""
        <section class="claim" id="claim-{number}" aria-labelledby="sentence-{number}">
        <p class="overline"><span>Claim {number} · <code>{Printable.Line(claim.Claim.Name)}</code></span> {VerdictMark.Of(claim)}</p>
        <h2 id="sentence-{number}">{claim.Claim.Statement}</h2>
        <p class="source">{claim.Claim.Source}</p>
        {(claim.Claim.ReportedOnly is { } reason ? Html.Of($"<p class=\"source\">Reported, and does not gate: {reason}</p>") : Html.Empty)}
        {(claim.Run is { } run ? Judged(claim, run, number) : NotRun(claim, trainingCommand))}
        {Limitations(claim)}
        </section>

        """);

    private static Html Judged(ReportedClaim claim, ClaimRun run, int number) => Html.Of($"""
        <dl class="facts"><div class="effect"><dt>Effect</dt><dd>{run.Verdict.Effect}</dd></div><div><dt>n</dt><dd>{RunCount.Origins(claim)}</dd></div><div><dt>Seeds</dt><dd>{RunCount.Seeds(claim)}</dd></div>{Alarms(claim)}</dl>
        {Published(claim.Claim, run)}
        {Findings(run.Verdict)}
        {PaperFigures(claim.Claim, run)}
        <h3>Curves</h3>
        <div class="figures">
        {GroupFigure.Of(run).Select((figure, i) => Figure(figure, run.Groups[i], number, i))}</div>
        {Maps(claim)}
        {RunTable.Write(claim, run)}
        {Configurations(run)}
        """);

    private static Html Alarms(ReportedClaim claim) => claim.FalseAlarms is { } alarms
        ? Html.Of($"<div><dt>Fails on fresh seeds</dt><dd>{alarms.InWords}</dd></div>")
        : Html.Empty;

    private static Html NotRun(ReportedClaim claim, string trainingCommand) => Html.Of($"""
        <p>Not judged: {RunCount.Of(claim)} runs are there. <code>{trainingCommand}</code> trains the others.</p>
        {Published(claim.Claim, run: null)}
        <details><summary>Missing runs</summary>
        <div class="scroll"><table><thead><tr><th scope="col">Group</th><th scope="col" class="number">Seed</th><th scope="col">Key</th></tr></thead><tbody>
        {claim.Missing.Select(missing => Html.Of($"<tr><td>{missing.Group}</td><td class=\"number\">{missing.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}</td><td><code>{missing.Key}</code></td></tr>\n"))}</tbody></table></div>
        </details>
        """);

    private static Html Published(Claim claim, ClaimRun? run)
    {
        if (claim.Published.Count == 0)
        {
            return Html.Empty;
        }

        IReadOnlyList<TrainedGroup> groups = [.. run?.Groups.Select(group => group.Trained) ?? []];
        return Html.Of($"""
            <h3>Published, and ours</h3>
            <table class="published"><thead><tr><th scope="col">Quantity</th><th scope="col">Published</th><th scope="col">Ours</th></tr></thead><tbody>
            {claim.Published.Select(figure => Html.Of($"<tr><th scope=\"row\">{figure.What}</th><td data-label=\"Published\">{figure.Value} <span class=\"source\">{figure.Source}</span></td><td data-label=\"Ours\">{(run is null ? "not run" : figure.Ours(run.Tier, groups))}</td></tr>\n"))}</tbody></table>
            """);
    }

    private static Html PaperFigures(Claim claim, ClaimRun run)
    {
        IReadOnlyList<ClaimFigure> figures = claim.PaperFigures(run.Tier, [.. run.Groups.Select(group => group.Trained)]);
        return figures.Count == 0 ? Html.Empty : Html.Of($"""
            <h3>As the paper draws it</h3>
            <div class="figures">
            {figures.Select(PaperFigure)}</div>
            """);
    }

    private static Html PaperFigure(ClaimFigure figure) => figure switch
    {
        HeatMap map => HeatMapSvg.Draw(map),
        PlaneFigure plane => PlaneSvg.Draw(plane),
        _ => throw new ArgumentException($"Nothing draws a {figure.GetType().Name}.", nameof(figure)),
    };

    private static Html Findings(Verdict verdict) => Html.Of($"""
        <h3>Findings</h3>
        <table class="findings"><thead><tr><th scope="col">Required</th><th scope="col">Measured</th><th scope="col">Holds</th></tr></thead><tbody>
        {verdict.Evidence.Select(finding => Html.Of($"<tr><th scope=\"row\">{Required(finding)}</th><td data-label=\"Measured\">{finding.Measured}</td><td data-label=\"Holds\">{VerdictMark.Of(finding.Holds)}</td></tr>\n"))}</tbody></table>
        """);

    private static Html Required(Finding finding) => finding.IsControl
        ? Html.Of($"""<span class="tag">negative control</span> {finding.Statement.Replace(Finding.ControlPrefix, "", StringComparison.Ordinal)}""")
        : Html.Of($"{finding.Statement}");

    private static Html Figure(GroupFigure figure, ClaimRunGroup group, int claim, int index) => Html.Of($"""
        <figure id="figure-{claim}-{index + 1}">
        <figcaption><strong>{figure.Name}</strong>{Cached(group)} <span>{figure.InWords()}</span></figcaption>
        {SvgFigure.Draw(figure)}<script type="application/json">{Html.Trusted(FigureData.Of(figure))}</script>
        </figure>

        """);

    private static Html Maps(ReportedClaim claim) => claim.Maps.Count == 0 ? Html.Empty : Html.Of($"""
        <h3>Output rows</h3>
        <div class="figures">
        {claim.Maps.Select(map => MapFigure.Draw(map.Group, map.Map))}</div>
        """);

    private static Html Cached(ClaimRunGroup group) =>
        group.Origins.Contains(RunOrigin.Cached) ? Html.Of($""" <span class="tag">cached</span>""") : Html.Empty;

    private static Html Configurations(ClaimRun run) => Html.Of($"""
        <details><summary>Configurations</summary>
        {run.Groups.Where(group => group.Experiments.Count > 0).Select(group => Html.Of($"<h4>{group.Name}</h4>\n<pre tabindex=\"0\">{CanonicalJson.Write(group.Experiments[0])}</pre>\n"))}</details>
        """);

    private static Html Limitations(ReportedClaim claim)
    {
        IReadOnlyList<string> deviations = claim.Claim.DeviationsAt(claim.Tier);
        return deviations.Count > 0
            ? Html.Of($"""<div class="limitations"><h3>Limitations</h3><ul>{deviations.Select(deviation => Html.Of($"<li>{deviation}</li>"))}</ul></div>""")
            : Html.Of($"""<div class="limitations"><h3>Limitations</h3><p>{(claim.Tier == Tier.Quick ? "None stated." : "The paper's sizes and budgets; fewer seeds than would bound a rare failure.")}</p></div>""");
    }
}

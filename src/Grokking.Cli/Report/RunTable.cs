using System.Globalization;
using Grokking.Claims;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Cli.Report;

/// <summary>A claim's runs one by one, with what they left on disk.</summary>
internal static class RunTable
{
    public static Html Write(ReportedClaim claim, ClaimRun run)
    {
        IEnumerable<Html> rows = run.Groups
            .SelectMany(group => group.Curves.Select((curve, i) => (Group: group.Name, group.Experiments[i].Seed, Curve: curve, Origin: group.Origins[i])))
            .Select((row, i) => Row(row.Group, row.Seed, row.Curve, row.Origin, claim.Artefacts.Count > i ? claim.Artefacts[i] : null));
        return Html.Of($"""
            <details><summary>Runs and files</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Runs and files"><table class="runs">
            <thead><tr><th scope="col">Group</th><th scope="col" class="number">Seed</th><th scope="col" class="number">99 % training</th><th scope="col" class="number">99 % validation</th><th scope="col" class="number">Best validation</th><th scope="col" class="number">Last step</th><th scope="col">Result</th><th scope="col">Folder in the store</th></tr></thead>
            <tbody>
            {rows}</tbody></table></div>
            </details>
            """);
    }

    private static Html Row(string group, ulong seed, LearningCurve curve, RunOrigin origin, RunArtefact? artefact) => Html.Of($"""
        <tr><td>{group}</td><td class="number">{seed.ToString(CultureInfo.InvariantCulture)}</td><td class="number">{Step(curve, Equations.Train)}</td><td class="number">{Step(curve, Equations.Val)}</td><td class="number">{curve.Best(Equations.Val).ValAccuracy.ToString("0.0 %", CultureInfo.InvariantCulture)}</td><td class="number">{curve.LastStep.ToString("N0", CultureInfo.InvariantCulture)}</td><td>{InWords(origin)}{(curve.Outcome == RunOutcome.Diverged ? ", diverged" : "")}</td><td><code>{artefact?.Folder ?? "—"}</code></td></tr>

        """);

    private static string Step(LearningCurve curve, Equations equations) =>
        curve.FirstCrossing(equations, CurvePoint.LearntAccuracy).By is { } step ? step.ToString("N0", CultureInfo.InvariantCulture) : "never";

    private static string InWords(RunOrigin origin) => origin switch
    {
        RunOrigin.Trained => "trained",
        RunOrigin.Resumed => "resumed",
        _ => "(cached)",
    };
}

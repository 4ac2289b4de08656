using System.Globalization;
using System.Text;
using Grokking.Claims;
using Grokking.Curves;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>The report for a CI job's summary, which shows Markdown up to a size.</summary>
internal static class MarkdownReport
{
    /// <summary>Less than GitHub takes.</summary>
    public const int LargestBytes = WorkflowCommand.LargestSummary - 1;

    /// <summary>The report, each line ended by LF. Details of the last claims are left out, and said to be, where it would be too large.</summary>
    public static string Write(ReportContent content)
    {
        const string tooLong = "\nMore claims do not fit a summary; `grok report` writes them all.\n";
        var text = new StringBuilder();
        Head(content, text);
        foreach ((int place, ReportedClaim claim) in content.Claims.Index())
        {
            var section = new StringBuilder();
            Section(claim, place + 1, section);
            if (Bytes(text) + Bytes(section) + tooLong.Length > LargestBytes)
            {
                text.Append(tooLong);
                break;
            }

            text.Append(section);
        }

        return text.ToString();
    }

    private static void Head(ReportContent content, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"## Grokking: {ReportPage.InWords(content)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Tier {TierVariable.NameOf(content.Tier)}, engine {MarkdownText.Of(content.EngineId)}.\n\n");
        var table = new Table("Claim", "Verdict", "Effect", "Runs", "Seeds");
        foreach (ReportedClaim claim in content.Claims)
        {
            table.Add(
                claim.Claim.Name,
                VerdictMark.InWords(claim),
                claim.Run?.Verdict.Effect ?? "—",
                RunCount.Of(claim) + (RunCount.AllCached(claim) ? " (cached)" : ""),
                RunCount.Seeds(claim));
        }

        text.Append(table.ToMarkdown());
    }

    private static void Section(ReportedClaim claim, int number, StringBuilder text)
    {
        // No text from outside inside of HTML: Markdown's escapes mean nothing there.
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>Claim {number}: {VerdictMark.InWords(claim)}</summary>\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.Of(claim.Claim.Name)}: {MarkdownText.Of(claim.Claim.Statement)} {MarkdownText.Of(claim.Claim.Source)}.\n");
        if (claim.Claim.ReportedOnly is { } reason)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nReported, and does not gate: {MarkdownText.Of(reason)}\n");
        }

        if (claim.Run is { } run)
        {
            Findings(run.Verdict, text);
            Curves(run, text);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot judged: {RunCount.Of(claim)} runs are there.\n");
        }

        text.Append("\n</details>\n");
    }

    private static void Findings(Verdict verdict, StringBuilder text)
    {
        var table = new Table("Required", "Measured", "Holds");
        foreach (Finding finding in verdict.Evidence)
        {
            table.Add(finding.Statement, finding.Measured, finding.Holds ? "✓ yes" : "✗ no");
        }

        text.Append('\n').Append(table.ToMarkdown());
    }

    private static void Curves(ClaimRun run, StringBuilder text)
    {
        int end = run.Groups.SelectMany(group => group.Curves).Select(curve => curve.LastStep).DefaultIfEmpty(1).Max();
        text.Append(CultureInfo.InvariantCulture, $"\nAccuracy, median of the seeds, at steps 1 to {end:N0} on a log grid; full height is 100 %.\n\n");
        var table = new Table("Group", "Training", "Validation");
        foreach (ClaimRunGroup group in run.Groups.Where(group => group.Curves.Count > 0))
        {
            table.Add(group.Name, Sparkline.Of(group.Curves, Equations.Train, end), Sparkline.Of(group.Curves, Equations.Val, end));
        }

        text.Append(table.ToMarkdown());
    }

    private static int Bytes(StringBuilder text) => Encoding.UTF8.GetByteCount(text.ToString());
}

using System.Text;
using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Curves;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class MarkdownReportTests
{
    [Fact]
    public void It_shows_every_claim_with_verdict_effect_findings_and_curves()
    {
        ReportContent content = SynthesizedRuns.Report();
        string text = MarkdownReport.Write(content);

        int held = content.Claims.Count(claim => claim.Run!.Verdict.Holds);
        Assert.StartsWith($"## Grokking: {held} of {content.Claims.Count} claims hold", text, StringComparison.Ordinal);
        Assert.InRange(held, 1, content.Claims.Count - 1);
        Assert.All(content.Claims, claim =>
        {
            Assert.Contains($"| {MarkdownText.Of(claim.Claim.Name)} | ", text, StringComparison.Ordinal);
            Assert.Contains(MarkdownText.Of(claim.Run!.Verdict.Effect), text, StringComparison.Ordinal);
            Assert.All(claim.Run.Verdict.Evidence, finding => Assert.Contains(MarkdownText.Of(finding.Statement), text, StringComparison.Ordinal));
        });
        Assert.Matches(@"\| ▁{8,}[▁▂▃▄▅▆▇]*█+ \|", text);
    }

    [Fact]
    public void Cached_runs_and_runs_that_are_not_there_are_said_to_be()
    {
        ReportContent content = SynthesizedRuns.Report() with
        {
            Claims = [SynthesizedRuns.Reported(ClaimCatalogue.All[0], origin: RunOrigin.Cached), SynthesizedRuns.NotRun(ClaimCatalogue.All[1], missing: 4)],
        };
        string text = MarkdownReport.Write(content);

        int runs = ClaimCatalogue.All[1].Experiments(Tier.Quick).Count;
        Assert.Contains("| 12 (cached) |", text, StringComparison.Ordinal);
        Assert.Contains($"| – not run | — | {runs - 4} of {runs} | — |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_starts_no_html_no_link_and_no_cell()
    {
        ReportContent harmless = HostileClaim.Report(HostileField.Name, "harmless");
        int pipes = Unescaped(MarkdownReport.Write(harmless), '|');

        string[] payloads = [.. HostileClaim.Payloads, "a | b", "[x](http://127.0.0.1:9/)", "![x](y)", "@someone"];

        Assert.All(Enum.GetValues<HostileField>(), field => AssertIsText(field, string.Join(' ', payloads)));
        Assert.All(payloads, payload => AssertIsText(HostileField.Everywhere, payload));

        void AssertIsText(HostileField field, string payload)
        {
            string text = MarkdownReport.Write(HostileClaim.Report(field, payload));
            string own = Regex.Replace(text, "</?(details|summary)>", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
            Assert.Equal(pipes, Unescaped(text, '|'));
            Assert.Equal(0, Unescaped(own, '<'));
            Assert.Equal(0, Unescaped(own, '['));
            Assert.Equal(0, Unescaped(own, '@'));
            Assert.DoesNotContain("://", own, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_stays_below_a_mebibyte_and_says_what_it_leaves_out()
    {
        ReportContent content = HostileClaim.Report(HostileField.Finding, new string('é', 100_000));
        string text = MarkdownReport.Write(content with { Claims = [.. Enumerable.Repeat(content.Claims[0], 5)] });

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 500_000, MarkdownReport.LargestBytes);
        Assert.EndsWith("More claims do not fit a summary; `grok report` writes them all.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sparkline_is_the_median_accuracy_on_a_log_grid()
    {
        LearningCurve early = Curve((0, 0), (1, 0), (10, 1), (1000, 1));
        LearningCurve late = Curve((0, 0), (1, 0), (1000, 1));

        Assert.Equal(new string('▁', 11) + new string('█', 21), Sparkline.Of([early], Equations.Val, 1000));
        Assert.Equal(new string('▁', 31) + "█", Sparkline.Of([late], Equations.Val, 1000));
        Assert.Equal(new string('▁', 11) + new string('█', 21), Sparkline.Of([early, early, late], Equations.Val, 1000));
        Assert.Equal(22, Sparkline.Of([Curve((0, 0), (1, 0.5), (100, 0.5))], Equations.Val, 1000).Length, 1.0);

        static LearningCurve Curve(params (int Step, double Val)[] points) =>
            new([.. points.Select(point => new CurvePoint(point.Step, 1, 1, 1, point.Val, null, 1))], 1000, RunOutcome.BudgetSpent);
    }

    private static int Unescaped(string text, char sign)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == sign)
            {
                count++;
            }
        }

        return count;
    }
}

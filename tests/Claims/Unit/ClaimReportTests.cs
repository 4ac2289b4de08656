using Grokking.Reporting;
using Grokking.Tests.Claims.Reports;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class ClaimReportTests : IDisposable
{
    private static readonly ClaimOutcome s_holds = new(new ClaimResult("late", "holds", "9× later", 2, 2, TimeSpan.FromSeconds(5)), Failure: null);

    private readonly ScratchFolder _folder = new();
    private readonly StringWriter _console = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    private string Summary => _folder.File("summary.md");

    public void Dispose()
    {
        _folder.Dispose();
        _console.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Without_a_job_there_is_the_table_alone()
    {
        Publish([s_holds, Failed("never", "THE SCIENCE MOVED: never does not hold")]);

        Assert.DoesNotContain("::", _console.ToString(), StringComparison.Ordinal);
        Assert.Contains("never  DOES NOT HOLD", _console.ToString(), StringComparison.Ordinal);
        string markdown = File.ReadAllText(_folder.File("claims.md"));
        Assert.StartsWith("## Claims\n\nengine cpu-0\n\n| Claim | Verdict |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("THE SCIENCE MOVED", markdown, StringComparison.Ordinal);
        Assert.False(File.Exists(Summary));
    }

    [Fact]
    public void A_job_gets_an_error_for_each_claim_that_failed_and_what_it_says_in_the_summary()
    {
        string failure = string.Join(Environment.NewLine, ["THE SCIENCE MOVED: 100 % of it", .. Enumerable.Range(1, 20).Select(i => $"  line {i}")]);

        Publish([s_holds, Failed("never", failure)], (WorkflowCommand.JobVariable, "true"), (WorkflowCommand.SummaryVariable, Summary));

        string annotation = Assert.Single(_console.ToString().Split('\n'), line => line.StartsWith("::", StringComparison.Ordinal));
        Assert.Equal(
            "::error title=never%3A DOES NOT HOLD::THE SCIENCE MOVED: 100 %25 of it"
            + string.Concat(Enumerable.Range(1, 7).Select(i => $"%0A  line {i}")),
            annotation);
        string summary = File.ReadAllText(Summary);
        Assert.Contains("| late | holds | 9× later |", summary, StringComparison.Ordinal);
        Assert.Contains("| Claim | Evidence |\n| --- | --- |\n| never | THE SCIENCE MOVED: 100 % of it |\n| never |   line 1 |", summary, StringComparison.Ordinal);
        Assert.Contains("line 20", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_that_cannot_be_written_takes_nothing_else_away()
    {
        Publish(
            [Failed("never", "it failed")], (WorkflowCommand.JobVariable, "true"), (WorkflowCommand.SummaryVariable, _folder.File("no such folder/summary.md")));

        Assert.Contains("::error title=never%3A DOES NOT HOLD::it failed", _console.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("summary", _console.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("The job has no summary: ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_errors_than_a_job_shows()
    {
        Publish([.. Enumerable.Range(0, 14).Select(i => Failed($"never-{i}", "it failed"))], (WorkflowCommand.JobVariable, "true"));

        Assert.Equal(WorkflowCommand.MostAnnotations, _console.ToString().Split('\n').Count(line => line.StartsWith("::error", StringComparison.Ordinal)));
    }

    private static ClaimOutcome Failed(string claim, string failure) => new(s_holds.Row with { Claim = claim, Verdict = "DOES NOT HOLD" }, failure);

    private void Publish(IReadOnlyList<ClaimOutcome> outcomes, params IReadOnlyList<(string Name, string Value)> environment) => ClaimReport.Publish(
        outcomes, "engine cpu-0", _console, _errors, _folder.Path, name => environment.FirstOrDefault(pair => string.Equals(pair.Name, name, StringComparison.Ordinal)).Value);
}

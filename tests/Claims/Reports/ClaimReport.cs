using Grokking.Reporting;

namespace Grokking.Tests.Claims.Reports;

/// <summary>
/// The table at the end of a run: on the console, in TestResults/claims.md, and in a GitHub job's summary, there with what is wrong below it. In such a job
/// each claim that failed is an error beside it too.
/// </summary>
internal static class ClaimReport
{
    // The first says what moved; the last ones say how to approve it, which nobody does in a job.
    private const int LinesOfAnnotation = 8;

    /// <summary>Writes the table wherever it is wanted; no outcomes, no table.</summary>
    /// <param name="outcomes">One row each.</param>
    /// <param name="engine">In words; stands above the table in Markdown.</param>
    /// <param name="console">Gets the table without that: it was told of the engine at the start.</param>
    public static void Publish(IReadOnlyList<ClaimOutcome> outcomes, string engine, TextWriter console) =>
        Publish(outcomes, engine, console, Console.Error, RepositoryPaths.Results, Environment.GetEnvironmentVariable);

    internal static void Publish(
        IReadOnlyList<ClaimOutcome> outcomes, string engine, TextWriter console, TextWriter errors, string folder, Func<string, string?> variable)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        Table table = ClaimResult.Tabulate([.. outcomes.Select(outcome => outcome.Row)]);
        FailedClaim[] failed = [.. outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => Failed(outcome.Row, outcome.Failure!))];
        string markdown = $"## Claims\n\n{MarkdownText.Of(engine)}\n\n{table.ToMarkdown()}";
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "claims.md"), markdown);
        console.WriteLine();
        console.Write(table.ToText());
        if (string.Equals(variable(WorkflowCommand.JobVariable), "true", StringComparison.Ordinal))
        {
            foreach (string annotation in FailedClaim.Annotations(failed))
            {
                console.WriteLine(annotation);
            }
        }

        if (variable(WorkflowCommand.SummaryVariable) is { Length: > 0 } summary)
        {
            try
            {
                File.AppendAllText(summary, FailedClaim.Summary(markdown, failed));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine(Printable.Line($"The job has no summary: {exception.Message}"));
            }
        }
    }

    private static FailedClaim Failed(ClaimResult row, string failure)
    {
        string[] lines = failure.ReplaceLineEndings("\n").Split('\n');
        return new FailedClaim(row.Claim, row.Verdict, lines[..Math.Min(lines.Length, LinesOfAnnotation)], lines);
    }
}

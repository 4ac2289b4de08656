using Grokking.Reporting;

namespace Grokking.Tests.Claims.Reports;

/// <summary>The table at the end of a run: on the console, in TestResults/claims.md, and in a GitHub job's summary.</summary>
internal static class ClaimReport
{
    /// <summary>Writes the table wherever it is wanted; no results, no table.</summary>
    /// <param name="results">One row each.</param>
    /// <param name="engine">In words; stands above the table in Markdown.</param>
    /// <param name="console">Gets the table alone: it was told of the engine at the start.</param>
    public static void Publish(IReadOnlyList<ClaimResult> results, string engine, TextWriter console)
    {
        if (results.Count == 0)
        {
            return;
        }

        Table table = ClaimResult.Tabulate(results);
        string markdown = $"## Claims\n\n{MarkdownText.Of(engine)}\n\n{table.ToMarkdown()}";
        Directory.CreateDirectory(RepositoryPaths.Results);
        File.WriteAllText(Path.Combine(RepositoryPaths.Results, "claims.md"), markdown);
        if (Environment.GetEnvironmentVariable(WorkflowCommand.SummaryVariable) is { Length: > 0 } summary)
        {
            File.AppendAllText(summary, markdown + "\n");
        }

        console.WriteLine();
        console.Write(table.ToText());
    }
}

using System.Text;
using Grokking.Cli.Output;
using Grokking.Reporting;

namespace Grokking.Cli.Trials;

/// <summary>What a job on GitHub shows of claims: a table in its summary, and an error beside it for each claim that does not hold.</summary>
internal static class JobReport
{
    /// <summary>Writes both where a job asks for them; elsewhere does nothing.</summary>
    public static void Publish(ClaimTrials trials, CliConsole console)
    {
        if (console.Variable(WorkflowCommand.SummaryVariable) is { Length: > 0 } path)
        {
            File.AppendAllText(path, Summary(trials));
        }

        if (console.IsInGitHubJob)
        {
            foreach (ClaimTrial trial in trials.All.Where(trial => trial.Code != ExitCode.Success).Take(WorkflowCommand.MostAnnotations))
            {
                console.Out.WriteLine(WorkflowCommand.Error(
                    $"{trial.Claim.Name}: {trial.Row.Verdict}", trial.Error is { } error ? [error] : [trial.Claim.Statement, .. trial.Evidence]));
            }
        }
    }

    internal static string Summary(ClaimTrials trials)
    {
        StringBuilder text = new StringBuilder("## Claims\n\n").Append(ClaimResult.Tabulate([.. trials.All.Select(trial => trial.Row)]).ToMarkdown());
        foreach (ClaimTrial trial in trials.All.Where(trial => trial.Code != ExitCode.Success))
        {
            var findings = new Table("Claim", "Evidence");
            foreach (string line in trial.Evidence.DefaultIfEmpty(trial.Error ?? ""))
            {
                findings.Add(trial.Claim.Name, line);
            }

            string section = "\n" + findings.ToMarkdown();
            if (Encoding.UTF8.GetByteCount(section) + Encoding.UTF8.GetByteCount(text.ToString()) < WorkflowCommand.LargestSummary)
            {
                text.Append(section);
            }
        }

        return text.Append('\n').ToString();
    }
}

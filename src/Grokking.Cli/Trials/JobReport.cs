using Grokking.Cli.Output;
using Grokking.Reporting;

namespace Grokking.Cli.Trials;

/// <summary>What a job on GitHub shows of claims: a table in its summary, and an error beside it for each claim that does not hold.</summary>
internal static class JobReport
{
    /// <summary>Writes both where a job asks for them; elsewhere does nothing.</summary>
    public static void Publish(ClaimTrials trials, CliConsole console)
    {
        FailedClaim[] failed = [.. trials.All.Where(trial => trial.Code != ExitCode.Success).Select(Failed)];
        if (console.IsInGitHubJob)
        {
            foreach (string annotation in FailedClaim.Annotations(failed))
            {
                console.Out.WriteLine(annotation);
            }
        }

        if (console.Variable(WorkflowCommand.SummaryVariable) is { Length: > 0 } path)
        {
            string table = ClaimResult.Tabulate([.. trials.All.Select(trial => trial.Row)]).ToMarkdown();
            try
            {
                File.AppendAllText(path, FailedClaim.Summary("## Claims\n\n" + table, failed));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The claims are judged and told; a summary less makes them no worse.
                console.ErrorLine($"The job has no summary: {exception.Message}", Tone.Bad);
            }
        }
    }

    private static FailedClaim Failed(ClaimTrial trial) => new(
        trial.Claim.Name,
        trial.Row.Verdict,
        trial.Error is { } error ? [error] : [trial.Claim.Statement, .. trial.Evidence],
        [.. trial.Evidence.DefaultIfEmpty(trial.Error ?? "")]);
}

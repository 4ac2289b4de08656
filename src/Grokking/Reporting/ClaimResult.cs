using System.Globalization;
using Grokking.Claims;
using Grokking.Training;

namespace Grokking.Reporting;

/// <summary>A row of the table at the end of claims.</summary>
/// <param name="Claim">The claim's name.</param>
/// <param name="Verdict">In a few words.</param>
/// <param name="Effect">The claim's statistic.</param>
/// <param name="Runs">Number of experiments.</param>
/// <param name="Seeds">Number of different seeds among them.</param>
/// <param name="Time">From the request to the verdict, other claims' runs included.</param>
public sealed record ClaimResult(string Claim, string Verdict, string Effect, int Runs, int Seeds, TimeSpan Time)
{
    /// <summary>The row of a claim that has no verdict, which stays if it never gets one.</summary>
    public static ClaimResult Started(Claim claim, IReadOnlyList<Experiment> experiments)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(experiments);
        return new(claim.Name, "ERROR", "", experiments.Count, experiments.Select(experiment => experiment.Seed).Distinct().Count(), TimeSpan.Zero);
    }

    /// <summary>The row with its verdict, which says how many of the runs were not trained for it.</summary>
    /// <param name="run">The claim with its runs.</param>
    /// <param name="note">What else is wrong, in capitals; null for nothing.</param>
    public ClaimResult Ended(ClaimRun run, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        int cached = run.Groups.SelectMany(group => group.Origins).Count(origin => origin == RunOrigin.Cached);
        string words = run.InWords;
        words += note is null || !run.Passes ? "" : $", {note}";
        words += cached == 0 ? ""
            : cached == run.Runs ? " (cached)"
            : string.Create(CultureInfo.InvariantCulture, $" ({cached} of {run.Runs} runs cached)");
        return this with { Verdict = words, Effect = run.Verdict.Effect };
    }

    /// <summary>The table, in the order of the rows.</summary>
    public static Table Tabulate(IReadOnlyList<ClaimResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var table = new Table("Claim", "Verdict", "Effect", "n", "Seeds", "Time");
        foreach (ClaimResult result in results)
        {
            table.Add(
                result.Claim,
                result.Verdict,
                result.Effect,
                result.Runs.ToString(CultureInfo.InvariantCulture),
                result.Seeds.ToString(CultureInfo.InvariantCulture),
                DurationText.Of(result.Time));
        }

        return table;
    }
}

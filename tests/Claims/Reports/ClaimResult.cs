using Grokking.Claims;
using Grokking.Tests.Claims.Snapshots;
using Grokking.Training;

namespace Grokking.Tests.Claims.Reports;

/// <summary>A row of the table at the end.</summary>
/// <param name="Claim">The claim's name.</param>
/// <param name="Verdict">In a few words, with what became of the snapshot.</param>
/// <param name="Effect">The claim's statistic.</param>
/// <param name="Runs">Number of experiments.</param>
/// <param name="Seeds">Number of different seeds among them.</param>
/// <param name="Time">From the request to the verdict, other claims' runs included.</param>
internal sealed record ClaimResult(string Claim, string Verdict, string Effect, int Runs, int Seeds, TimeSpan Time)
{
    /// <summary>The row of a claim that has no verdict, which stays if it never gets one.</summary>
    public static ClaimResult Started(Claim claim, IReadOnlyList<Experiment> experiments) =>
        new(claim.Name, "ERROR", "", experiments.Count, experiments.Select(experiment => experiment.Seed).Distinct().Count(), TimeSpan.Zero);

    public ClaimResult Ended(Verdict verdict, SnapshotMismatch? mismatch)
    {
        string words = (verdict.Holds, mismatch) switch
        {
            (false, _) => "DOES NOT HOLD",
            (true, null) => "holds",
            (true, { Approved: false }) => "holds, NOT APPROVED",
            (true, _) => "holds, NUMERICS MOVED",
        };
        return this with { Verdict = words, Effect = verdict.Effect };
    }
}

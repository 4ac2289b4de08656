using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Grokking.Claims;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Cli.Trials;

/// <summary>Claims as JSON for other programs. Field names stay; new ones may come.</summary>
internal static class JsonReport
{
    /// <summary>The document, ended by LF.</summary>
    public static string Of(ClaimTrials trials) =>
        CanonicalJson.Write(new Document(1, trials.Tier, trials.EngineId, [.. trials.All.Select(trial => Entry(trials.Tier, trial))])) + "\n";

    private static ClaimEntry Entry(Tier tier, ClaimTrial trial) => new(
        trial.Claim.Name,
        trial.Claim.Statement,
        trial.Claim.Source,
        trial.Claim.DeviationsAt(tier),
        trial.Claim.ReportedOnly,
        trial.Judged?.Verdict.Holds,
        trial.Error,
        trial.Row.Verdict,
        trial.Row.Effect,
        Math.Round(trial.Row.Time.TotalSeconds, 3),
        [.. (trial.Judged?.Verdict.Evidence ?? []).Select(finding => new FindingEntry(finding.Statement, finding.Measured, finding.Holds))],
        [.. (trial.Judged?.Groups ?? []).SelectMany(Runs)],
        trial.Judged?.EngineId);

    private static IEnumerable<RunEntry> Runs(ClaimRunGroup group) =>
        Enumerable.Range(0, group.Curves.Count).Select(i => new RunEntry(
            group.Name,
            group.Experiments[i].Seed,
            group.Origins[i],
            group.Curves[i].Outcome,
            group.Curves[i].LastStep,
            group.Curves[i].FirstCrossing(Equations.Train, CurvePoint.LearntAccuracy).By,
            group.Curves[i].FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).By,
            JsonNode.Parse(CanonicalJson.Write(group.Experiments[i]))!.AsObject()));

    private sealed record Document(
        [property: JsonPropertyOrder(0)] int Schema,
        [property: JsonPropertyOrder(1)] Tier Tier,
        [property: JsonPropertyOrder(2)] string Engine,
        [property: JsonPropertyOrder(3)] IReadOnlyList<ClaimEntry> Claims);

    private sealed record ClaimEntry(
        [property: JsonPropertyOrder(0)] string Claim,
        [property: JsonPropertyOrder(1)] string Statement,
        [property: JsonPropertyOrder(2)] string Source,
        [property: JsonPropertyOrder(3)] IReadOnlyList<string> Deviations,
        [property: JsonPropertyOrder(4)] string? ReportedOnly,
        [property: JsonPropertyOrder(5)] bool? Holds,
        [property: JsonPropertyOrder(6)] string? Error,
        [property: JsonPropertyOrder(7)] string Verdict,
        [property: JsonPropertyOrder(8)] string Effect,
        [property: JsonPropertyOrder(9)] double Seconds,
        [property: JsonPropertyOrder(10)] IReadOnlyList<FindingEntry> Evidence,
        [property: JsonPropertyOrder(11)] IReadOnlyList<RunEntry> Runs,
        [property: JsonPropertyOrder(12)] string? Engine);

    private sealed record FindingEntry(
        [property: JsonPropertyOrder(0)] string Required,
        [property: JsonPropertyOrder(1)] string Measured,
        [property: JsonPropertyOrder(2)] bool Holds);

    // Steps are null where the accuracy was not reached within the budget.
    private sealed record RunEntry(
        [property: JsonPropertyOrder(0)] string Group,
        [property: JsonPropertyOrder(1)] ulong Seed,
        [property: JsonPropertyOrder(2)] RunOrigin Origin,
        [property: JsonPropertyOrder(3)] RunOutcome Outcome,
        [property: JsonPropertyOrder(4)] int LastStep,
        [property: JsonPropertyOrder(5)] int? StepsToMemorize,
        [property: JsonPropertyOrder(6)] int? StepsToGeneralize,
        [property: JsonPropertyOrder(7)] JsonObject Experiment);
}

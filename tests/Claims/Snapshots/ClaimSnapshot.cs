using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Grokking.Claims;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>All that is approved of a claim: what was claimed, what was trained, what came of it. No time, no machine, no path.</summary>
internal sealed record ClaimSnapshot
{
    [JsonPropertyOrder(0)]
    public required string Claim { get; init; }

    [JsonPropertyOrder(1)]
    public required string Statement { get; init; }

    [JsonPropertyOrder(2)]
    public required string Source { get; init; }

    [JsonPropertyOrder(3)]
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>Why the verdict does not gate; absent for one that does.</summary>
    [JsonPropertyOrder(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? ReportedOnly { get; init; }

    [JsonPropertyOrder(5)]
    public required Tier Tier { get; init; }

    [JsonPropertyOrder(6)]
    public required string Engine { get; init; }

    /// <summary>What the approved snapshot is held to; absent on an engine that promises its bits.</summary>
    [JsonPropertyOrder(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required SnapshotTolerances? Tolerances { get; init; }

    [JsonPropertyOrder(8)]
    public required VerdictSnapshot Verdict { get; init; }

    /// <summary>What papers give, and the same of these runs.</summary>
    [JsonPropertyOrder(9)]
    public required IReadOnlyList<PublishedSnapshot> Published { get; init; }

    /// <summary>The first run's experiment; the others say what they change in it.</summary>
    [JsonPropertyOrder(10)]
    public required Experiment Baseline { get; init; }

    [JsonPropertyOrder(11)]
    public required IReadOnlyList<RunSnapshot> Runs { get; init; }

    public static ClaimSnapshot Of(ClaimRun run)
    {
        (Claim claim, Verdict verdict) = (run.Claim, run.Verdict);
        Experiment baseline = run.Groups[0].Experiments[0];
        SnapshotTolerances? tolerances = EngineFamily.Of(run.EngineId).Tolerances;
        return new ClaimSnapshot
        {
            Claim = claim.Name,
            Statement = claim.Statement,
            Source = claim.Source,
            Deviations = claim.DeviationsAt(run.Tier),
            ReportedOnly = claim.ReportedOnly,
            Tier = run.Tier,
            Engine = run.EngineId,
            Tolerances = tolerances,
            Verdict = new VerdictSnapshot(verdict.Holds, verdict.Effect, [.. verdict.Evidence.Select(FindingSnapshot.Of)]),
            Published = [.. claim.Published.Select(figure => PublishedSnapshot.Of(figure, run))],
            Baseline = baseline,
            Runs = [.. run.Groups.SelectMany(group => Enumerable.Range(0, group.Curves.Count).Select(i => RunSnapshot.Of(baseline, group, i, hasBits: tolerances is null)))],
        };
    }

    public string ToText() => CanonicalJson.Write(this) + "\n";
}

/// <summary>A <see cref="Verdict"/> in an order to be read.</summary>
internal sealed record VerdictSnapshot(
    [property: JsonPropertyOrder(0)] bool Holds,
    [property: JsonPropertyOrder(1)] string Effect,
    [property: JsonPropertyOrder(2)] IReadOnlyList<FindingSnapshot> Evidence);

/// <summary>A <see cref="Finding"/> in an order to be read.</summary>
internal sealed record FindingSnapshot(
    [property: JsonPropertyOrder(0)] string Required,
    [property: JsonPropertyOrder(1)] string Measured,
    [property: JsonPropertyOrder(2)] bool Holds)
{
    public static FindingSnapshot Of(Finding finding) => new(finding.Statement, finding.Measured, finding.Holds);
}

/// <summary>A <see cref="PublishedFigure"/> beside the same quantity of the runs.</summary>
internal sealed record PublishedSnapshot(
    [property: JsonPropertyOrder(0)] string What,
    [property: JsonPropertyOrder(1)] string Published,
    [property: JsonPropertyOrder(2)] string Source,
    [property: JsonPropertyOrder(3)] string Ours)
{
    public static PublishedSnapshot Of(PublishedFigure figure, ClaimRun run) =>
        new(figure.What, figure.Value, figure.Source, figure.Ours(run.Tier, [.. run.Groups.Select(group => group.Trained)]));
}

/// <summary>What was trained and what came of it, for one seed.</summary>
/// <param name="With">What the experiment changes in the baseline.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Milestones">Each as "(last evaluation before, first evaluation at or above]".</param>
/// <param name="Last">The last evaluation; null where there was none, or where it is not finite, which JSON cannot say.</param>
/// <param name="Weights">What was read off its last weights, to four digits; absent where nothing was.</param>
/// <param name="CurveSha256">See <see cref="CurveDigest"/>; absent on an engine that does not promise its bits.</param>
internal sealed record RunSnapshot(
    [property: JsonPropertyOrder(0)] JsonObject With,
    [property: JsonPropertyOrder(1)] RunOutcome Outcome,
    [property: JsonPropertyOrder(2)] JsonObject Milestones,
    [property: JsonPropertyOrder(3)] CurvePoint? Last,
    [property: JsonPropertyOrder(4)]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    JsonObject? Weights,
    [property: JsonPropertyOrder(5)]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? CurveSha256)
{
    public static RunSnapshot Of(Experiment baseline, ClaimRunGroup group, int place, bool hasBits)
    {
        LearningCurve curve = group.Curves[place];
        return new(
            ExperimentChanges.Between(baseline, group.Experiments[place]),
            curve.Outcome,
            IntervalsOf(curve),
            curve.Points is [.., { IsFinite: true } last] ? last : null,
            WeightsOf(group.Trained, place),
            hasBits ? CurveDigest.Of(curve) : null);
    }

    // Analyses are not promised to the last bit on every machine; four digits are what a reader needs.
    private static JsonObject? WeightsOf(TrainedGroup group, int place)
    {
        if (group.Statistics.Count == 0)
        {
            return null;
        }

        var weights = new JsonObject();
        foreach ((string name, IReadOnlyList<double> values) in group.Statistics.OrderBy(statistic => statistic.Key, StringComparer.Ordinal))
        {
            weights[name] = values[place].ToString("G4", CultureInfo.InvariantCulture);
        }

        return weights;
    }

    // One line each instead of four.
    private static JsonObject IntervalsOf(LearningCurve curve)
    {
        var intervals = new JsonObject();
        foreach ((string name, JsonNode? interval) in JsonNode.Parse(CanonicalJson.Write(Curves.Milestones.Of(curve)))!.AsObject())
        {
            var milestone = new Milestone((int?)interval!["after"], (int?)interval["by"]);
            intervals[name] = milestone.ToString();
        }

        return intervals;
    }
}

using Grokking.Claims;
using Grokking.Curves;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Cli.Report;

/// <summary>A finished run of a store, as far as a report is concerned.</summary>
/// <param name="Artefact">Where it lies.</param>
/// <param name="Curve">What came of it.</param>
/// <param name="Environment">On what it was made.</param>
/// <param name="Read">All that it left behind; its weights are read and verified at every call.</param>
internal sealed record KeptRun(
    RunArtefact Artefact, LearningCurve Curve, IReadOnlyDictionary<string, string> Environment, Func<TrainedRun> Read);

/// <summary>Puts a report together from runs that are there. Trains nothing.</summary>
internal static class ReportAssembly
{
    /// <summary>Judges every claim whose runs are all there.</summary>
    /// <param name="claims">In the order of the report.</param>
    /// <param name="tier">At which size.</param>
    /// <param name="engineId">Whose runs.</param>
    /// <param name="keyOf">The key of an experiment on that engine.</param>
    /// <param name="runs">What is there, by key.</param>
    /// <param name="alarms">Of the quick tier's claims, by name.</param>
    public static ReportContent Of(
        IReadOnlyList<Claim> claims,
        Tier tier,
        string engineId,
        Func<Experiment, string> keyOf,
        IReadOnlyDictionary<string, KeptRun> runs,
        IReadOnlyDictionary<string, FalseAlarms> alarms)
    {
        List<KeptRun> used = [];
        List<ReportedClaim> reported = [];
        foreach (Claim claim in claims)
        {
            (string Group, Experiment Experiment, string Key)[] wanted =
            [
                .. claim.Groups(tier).SelectMany(group => group.Experiments.Select(experiment => (group.Name, experiment, keyOf(experiment)))),
            ];
            KeptRun[] found = [.. wanted.Select(run => runs.GetValueOrDefault(run.Key)).OfType<KeptRun>()];
            used.AddRange(found);
            ReportedClaim assembled = found.Length == wanted.Length
                ? new ReportedClaim(
                    claim,
                    tier,
                    ClaimRun.Of(
                        claim,
                        tier,
                        engineId,
                        [.. claim.Groups(tier).Select(group => Trained(group, [.. group.Experiments.Select(experiment => runs[keyOf(experiment)])]))],
                        [.. found.Select(_ => RunOrigin.Cached)]),
                    [.. found.Select(run => run.Artefact)],
                    [])
                {
                    Maps = [.. Maps(claim.Groups(tier), experiment => runs[keyOf(experiment)].Read())],
                }
                : new ReportedClaim(
                    claim,
                    tier,
                    Run: null,
                    [],
                    [
                        .. wanted.Where(run => !runs.ContainsKey(run.Key))
                            .Select(run => new MissingRun(run.Group, run.Experiment.Seed, run.Key)),
                    ]);
            reported.Add(assembled with { FalseAlarms = tier == Tier.Quick ? alarms.GetValueOrDefault(claim.Name) : null });
        }

        return new ReportContent(tier, engineId, reported, EnvironmentOf(used));
    }

    // Weights are read only where a group asks something of them.
    private static TrainedGroup Trained(RunGroup group, KeptRun[] runs) => group.Statistics.Count == 0
        ? new TrainedGroup(group.Name, [.. runs.Select(run => run.Curve)])
        : TrainedGroup.Of(group, [.. runs.Select(run => run.Read())]);

    private static IEnumerable<GroupMap> Maps(IReadOnlyList<RunGroup> groups, Func<Experiment, TrainedRun> read)
    {
        foreach (RunGroup group in groups)
        {
            if (group.Maps is { } draw)
            {
                foreach (RowMap map in draw(group.Experiments[0], read(group.Experiments[0])))
                {
                    yield return new GroupMap(group.Name, map);
                }
            }
        }
    }

    // One line a name; runs of several machines have several values.
    private static IReadOnlyList<EnvironmentFact> EnvironmentOf(IEnumerable<KeptRun> runs) =>
    [
        .. runs.SelectMany(run => run.Environment)
            .GroupBy(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal)
            .OrderBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => new EnvironmentFact(fact.Key, string.Join("; ", fact.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)))),
    ];
}

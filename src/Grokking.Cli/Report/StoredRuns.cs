using Grokking.Store;

namespace Grokking.Cli.Report;

/// <summary>What a store has for a report, read once and verified.</summary>
/// <param name="Root">Where it lies.</param>
/// <param name="Engines">The engines that made its complete runs.</param>
/// <param name="ByKey">Its complete runs.</param>
/// <param name="Problems">One line for each thing that did not pass verification.</param>
internal sealed record StoredRuns(
    string Root, IReadOnlyList<string> Engines, IReadOnlyDictionary<string, KeptRun> ByKey, IReadOnlyList<string> Problems)
{
    /// <summary>Reads a store without changing it.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static StoredRuns Of(RunStore store)
    {
        StoreListing listing = store.List();
        StoredRun[] complete = [.. listing.Runs.Where(run => run.Status == RunStatus.Complete)];
        return new StoredRuns(
            store.Root,
            [.. complete.Select(run => run.EngineId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            complete.ToDictionary(
                run => run.Key, run => new KeptRun(new RunArtefact(run.Key, run.Folder), run.Curve!, run.Environment, run.Read), StringComparer.Ordinal),
            [.. listing.Problems.Select(problem => $"{problem.Path}: {problem.Reason}")]);
    }
}

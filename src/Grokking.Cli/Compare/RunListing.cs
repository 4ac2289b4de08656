using Grokking.Store;

namespace Grokking.Cli.Compare;

/// <summary>What a store has to compare.</summary>
/// <param name="Root">Where it lies.</param>
/// <param name="Runs">The complete runs.</param>
/// <param name="Unfinished">How many runs have no result yet.</param>
/// <param name="Problems">One line for each run that did not pass verification.</param>
internal sealed record RunListing(string Root, IReadOnlyList<ComparedRun> Runs, int Unfinished, IReadOnlyList<string> Problems)
{
    /// <summary>Reads and verifies a store's curves.</summary>
    /// <exception cref="StoreException">A file cannot be read, or a newer version wrote it.</exception>
    public static RunListing Of(RunStore store)
    {
        StoreListing listing = store.List();
        StoredRun[] complete = [.. listing.Runs.Where(run => run.Status == RunStatus.Complete)];
        return new RunListing(
            store.Root,
            [.. NewestCode(complete).AsParallel().AsOrdered().Select(run => ComparedRun.Of(run.EngineId, run.ExperimentText, run.Experiment, run.Curve!))],
            listing.Runs.Count - complete.Length,
            [.. listing.Problems.Where(problem => !problem.IsStray).Select(problem => $"{problem.Path}: {problem.Reason}")]);
    }

    // After a change of the code a store may have two runs of one experiment; today's is the one that is meant.
    private static IEnumerable<StoredRun> NewestCode(IEnumerable<StoredRun> runs) =>
        runs.GroupBy(run => (run.EngineId, run.ExperimentText))
            .SelectMany(same => same.Skip(1).Any() && same.Any(run => run.IsOfThisCode) ? same.Where(run => run.IsOfThisCode) : same);
}

namespace Grokking.Store;

/// <summary>A file that nobody needs any more.</summary>
/// <param name="Path">Relative to the store's root.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Why">What it is.</param>
public sealed record StoreLeftover(string Path, long Length, string Why);

/// <summary>Sweeps a store. Who trains a run has its lock, so what lies there without a lock is nobody's.</summary>
internal static class StoreLeftovers
{
    private static readonly string[] s_result = [StorePaths.Spec, StorePaths.Curve, StorePaths.Weights, StorePaths.Manifest];

    /// <summary>Finds the leftovers of these runs, and of locks, and deletes them unless it is only asked. Runs of other code are leftovers where that is said.</summary>
    public static IReadOnlyList<StoreLeftover> Collect(IStoreFiles files, IReadOnlyList<string> keys, bool otherCode, bool dryRun)
    {
        List<StoreLeftover> found = [];
        foreach (StoreEntry entry in files.List(StorePaths.Locks).Where(entry => entry.Kind == StoreEntryKind.File))
        {
            string path = $"{StorePaths.Locks}/{entry.Name}";
            if (files.IsLocked(path))
            {
                continue;
            }

            found.Add(new StoreLeftover(path, entry.Length, "the lock of a process that was killed"));
            if (!dryRun)
            {
                // To give a lock back is to delete its file.
                files.TryLock(path)?.Dispose();
            }
        }

        foreach (string key in keys.Where(key => Of(files, key, otherCode).Count > 0))
        {
            if (dryRun)
            {
                found.AddRange(files.IsLocked(StorePaths.LockOf(key)) ? [] : Of(files, key, otherCode));
                continue;
            }

            files.CreateFolder(StorePaths.Locks);
            using IDisposable? taken = files.TryLock(StorePaths.LockOf(key));
            if (taken is not null)
            {
                IReadOnlyList<StoreLeftover> leftovers = Of(files, key, otherCode);
                found.AddRange(leftovers);
                Delete(files, leftovers, StorePaths.FolderOf(key));
            }
        }

        return found;
    }

    private static void Delete(IStoreFiles files, IReadOnlyList<StoreLeftover> leftovers, string folder)
    {
        foreach (StoreLeftover leftover in leftovers)
        {
            files.Delete(leftover.Path);
            if (leftover.Path.EndsWith($"/{StorePaths.Manifest}", StringComparison.Ordinal))
            {
                // A machine that is switched off from here on leaves a run that was begun, and none that is damaged.
                files.SyncFolder(folder);
            }
        }

        files.DeleteEmptyFolder(folder);
    }

    private static IReadOnlyList<StoreLeftover> Of(IStoreFiles files, string key, bool otherCode)
    {
        var folder = new RunFolder(files, key);
        IReadOnlyList<StoreEntry> entries = files.List(folder.Path);
        if (otherCode && Load(folder, withWeights: false) is { IsOfOtherCode: true })
        {
            return WholeRun(folder, entries);
        }

        bool complete = entries.Any(entry => IsOfTraining(entry.Name)) && Load(folder, withWeights: true) is { Status: RunStatus.Complete };
        HashSet<int> needed = complete ? [] : [.. folder.CheckpointSteps().TakeLast(RunWriter.CheckpointsKept)];
        return
        [
            .. from entry in entries
               where entry.Kind == StoreEntryKind.File
               let why = Why(entry.Name)
               where why is not null
               select new StoreLeftover(folder.At(entry.Name), entry.Length, why),
        ];

        string? Why(string name) =>
            StorePaths.IsTemporary(name) ? "a file that was being written when its process was killed" :
            StorePaths.StepOf(name) is int step && !needed.Contains(step) ? complete ? "a checkpoint of a complete run" : "a checkpoint with two newer ones" :
            complete && IsOfTraining(name) ? "the progress of a complete run" :
            null;
    }

    private static bool IsOfTraining(string name) =>
        StorePaths.StepOf(name) is not null || string.Equals(name, StorePaths.Progress, StringComparison.Ordinal);

    // The manifest first and the specification last: what is left of a sweep that is killed is a run that was begun.
    private static IReadOnlyList<StoreLeftover> WholeRun(RunFolder folder, IReadOnlyList<StoreEntry> entries) =>
    [
        .. from entry in entries
           where entry.Kind == StoreEntryKind.File && (s_result.Contains(entry.Name, StringComparer.Ordinal) || IsOfTraining(entry.Name) || StorePaths.IsTemporary(entry.Name))
           orderby Is(entry, StorePaths.Manifest) descending, Is(entry, StorePaths.Spec)
           select new StoreLeftover(folder.At(entry.Name), entry.Length, "of a run of other code"),
    ];

    private static bool Is(StoreEntry entry, string name) => string.Equals(entry.Name, name, StringComparison.Ordinal);

    // Null for a damaged run, which is not swept: its checkpoints may be all there is.
    private static StoredRun? Load(RunFolder folder, bool withWeights)
    {
        try
        {
            return folder.Load(withWeights);
        }
        catch (CorruptRunException)
        {
            return null;
        }
    }
}

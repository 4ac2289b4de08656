using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>
/// Finished and unfinished runs in a folder, each under the hash of all that decides its bits. Nothing is read that is not verified, and
/// nothing is there that is not whole, whatever was killed or broke. Safe to use from several threads, processes and machines.
/// </summary>
/// <remarks>
/// <code>
/// v1/runs/ab/ab12…/   spec.json, curve.csv, weights.safetensors, and manifest.json, which is written last
///                     ckpt-00050000.safetensors and progress.jsonl while it trains
/// v1/locks/           one empty file for each run that somebody trains
/// v1/quarantine/      what failed verification, with the reason
/// </code>
/// </remarks>
public sealed class RunStore
{
    private const string PreparationLock = "prepare.lock";

    private readonly IStoreFiles _files;
    private readonly IProgress<Quarantined>? _quarantined;

    /// <summary>A store in a folder, which need not exist yet.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="quarantined">Told, on the thread that finds it, of all that fails verification; null for nobody.</param>
    /// <exception cref="StoreException">The root cannot be a path.</exception>
    public RunStore(string root, IProgress<Quarantined>? quarantined = null)
        : this(new DiskFiles(root), quarantined)
    {
    }

    /// <summary>A store on files of another kind.</summary>
    /// <param name="files">Safe to use from several threads.</param>
    /// <param name="quarantined">As in the other constructor.</param>
    public RunStore(IStoreFiles files, IProgress<Quarantined>? quarantined = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
        _quarantined = quarantined;
    }

    /// <summary>Where the store lies.</summary>
    public string Root => _files.Root;

    /// <summary>Makes the store's folders where they are missing, so that a store that cannot be written says so before anything is trained.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Prepare()
    {
        _files.CreateFolder(StorePaths.Runs);
        _files.CreateFolder(StorePaths.Locks);
        _files.TryLock(StorePaths.Locks + "/" + PreparationLock)?.Dispose();
    }

    /// <inheritdoc cref="Find(RunKey)"/>
    /// <param name="experiment">The run.</param>
    /// <param name="engineId">The engine's <see cref="ITrainingEngine.Id"/>.</param>
    public StoredRun? Find(Experiment experiment, string engineId) => Find(RunKey.Of(experiment, engineId));

    /// <summary>A complete run with every file verified; null if there is none. One that fails verification is quarantined and is then none.</summary>
    /// <param name="key">The run.</param>
    /// <exception cref="StoreException">A file cannot be read, or a newer version wrote it.</exception>
    public StoredRun? Find(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var folder = new RunFolder(_files, key.Hash);
        try
        {
            return folder.Load(withWeights: true) is { Status: RunStatus.Complete } run ? run : null;
        }
        catch (CorruptRunException)
        {
            return QuarantineIfStillCorrupt(key.Hash).Run is { Status: RunStatus.Complete } run ? run : null;
        }
    }

    /// <summary>Begins an attempt at a run, or goes on with one.</summary>
    /// <param name="key">The run.</param>
    /// <param name="experiment">The same, for its budget.</param>
    /// <param name="engineId">The same engine.</param>
    /// <param name="repeatsBits">Whether another result of the same run is an error.</param>
    /// <returns>Null while somebody else has the run.</returns>
    /// <exception cref="StoreException">A file cannot be read or written.</exception>
    public RunWriter? TryBegin(RunKey key, Experiment experiment, string engineId, bool repeatsBits = true)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(experiment);
        _files.CreateFolder(StorePaths.Locks);
        return _files.TryLock(StorePaths.LockOf(key.Hash)) is IDisposable taken
            ? RunWriter.Begin(_files, key, experiment.Steps, engineId, repeatsBits, taken, _quarantined)
            : null;
    }

    /// <summary>All runs and all that is wrong in the store. Reads only: nothing is moved.</summary>
    /// <remarks>The weights are not read; <see cref="StoredRun.ReadWeights"/> reads and verifies them.</remarks>
    /// <exception cref="StoreException">A file cannot be read, or a newer version wrote it.</exception>
    public StoreListing List()
    {
        (IReadOnlyList<string> keys, List<StoreProblem> problems) = Keys();
        object?[] found = new object?[keys.Count];
        Parallel.For(0, keys.Count, i => found[i] = RunOrProblem(keys[i]));
        if (found.OfType<StoreException>().FirstOrDefault() is StoreException refusal)
        {
            throw refusal;
        }

        problems.AddRange(found.OfType<StoreProblem>());
        return new StoreListing([.. found.OfType<StoredRun>()], problems);
    }

    /// <summary>Reads and verifies every file and quarantines what fails; in a store that cannot be written it stays where it is.</summary>
    /// <exception cref="StoreException">A file cannot be read, or a newer version wrote it.</exception>
    public StoreListing Verify()
    {
        (IReadOnlyList<string> keys, List<StoreProblem> problems) = Keys();
        List<StoredRun> runs = [];
        foreach (string key in keys)
        {
            try
            {
                var folder = new RunFolder(_files, key);
                if (folder.Load(withWeights: true) is StoredRun run)
                {
                    runs.Add(run);
                }

                VerifyCheckpoints(folder, key, problems);
            }
            catch (CorruptRunException exception)
            {
                PutRunAside(key, exception.Message, runs, problems);
            }
        }

        return new StoreListing(runs, problems);
    }

    /// <summary>Removes what killed processes left and what a complete run no longer needs. Runs that somebody trains are left alone.</summary>
    /// <param name="dryRun">Only say what would go.</param>
    /// <param name="otherCode">Remove runs of other code too, finished or not; see <see cref="StoredRun.IsOfOtherCode"/>.</param>
    /// <exception cref="StoreException">A file cannot be read or deleted.</exception>
    public IReadOnlyList<StoreLeftover> Collect(bool dryRun = false, bool otherCode = false) =>
        StoreLeftovers.Collect(_files, Keys().Keys, otherCode, dryRun);

    /// <summary>Whether somebody trains a run at this moment. For the eye only: a moment later it may be otherwise.</summary>
    /// <param name="key">The run's <see cref="StoredRun.Key"/>.</param>
    /// <exception cref="ArgumentException">It is no key.</exception>
    /// <exception cref="StoreException">The lock cannot be looked at.</exception>
    public bool IsTrained(string key)
    {
        RequireHash(key);
        return _files.IsLocked(StorePaths.LockOf(key));
    }

    /// <summary>
    /// The evaluations that an unfinished run has told of so far, ascending in their steps; those that its last attempt began after are an earlier one's.
    /// Nobody vouches for them: they are for the eye only.
    /// </summary>
    /// <param name="key">The run's <see cref="StoredRun.Key"/>.</param>
    /// <exception cref="ArgumentException">It is no key.</exception>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public IReadOnlyList<CurvePoint> ReadProgress(string key)
    {
        RequireHash(key);
        return ProgressLog.ReadStanding(_files.Read(new RunFolder(_files, key).At(StorePaths.Progress), RunFolder.LongestData) ?? []);
    }

    private static void RequireHash(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!StorePaths.IsHash(key))
        {
            throw new ArgumentException($"A key has {RunKey.HashLength} lower-case hexadecimal digits.", nameof(key));
        }
    }

    // An exception is told as a value: a parallel loop would wrap it in another.
    private object? RunOrProblem(string key)
    {
        try
        {
            return new RunFolder(_files, key).Load(withWeights: false);
        }
        catch (CorruptRunException exception)
        {
            return new StoreProblem(StorePaths.FolderOf(key), exception.Message, Quarantine: null);
        }
        catch (StoreException exception)
        {
            return exception;
        }
    }

    private void PutRunAside(string key, string reason, List<StoredRun> runs, List<StoreProblem> problems)
    {
        try
        {
            (StoredRun? run, Quarantined? quarantined) = QuarantineIfStillCorrupt(key);
            if (run is not null)
            {
                runs.Add(run);
                return;
            }

            problems.Add(new StoreProblem(StorePaths.FolderOf(key), quarantined?.Reason ?? reason, quarantined?.Place));
        }
        catch (StoreException)
        {
            problems.Add(new StoreProblem(StorePaths.FolderOf(key), reason, Quarantine: null));
        }
    }

    // Whoever holds the lock may be in the middle of putting it right.
    private (StoredRun? Run, Quarantined? Quarantined) QuarantineIfStillCorrupt(string key)
    {
        Quarantined? quarantined = null;
        try
        {
            _files.CreateFolder(StorePaths.Locks);
            using IDisposable? taken = _files.TryLock(StorePaths.LockOf(key));
            if (taken is not null)
            {
                try
                {
                    return (new RunFolder(_files, key).Load(withWeights: true), null);
                }
                catch (CorruptRunException exception)
                {
                    quarantined = new Quarantined(key, exception.Message, Place: null);
                    quarantined = Quarantine.Take(_files, key, name: null, exception.Message);
                }
            }
        }
        catch (StoreException) when (quarantined is not null)
        {
            // A store that cannot be written is not repaired, and what is wrong in it is not used.
        }

        if (quarantined is not null)
        {
            _quarantined?.Report(quarantined);
        }

        return (null, quarantined);
    }

    // Where it was put; null in a store that cannot be written.
    private string? PutCheckpointAside(string key, int step, string reason)
    {
        try
        {
            Quarantined taken = Quarantine.Take(_files, key, StorePaths.CheckpointAt(step), reason);
            _quarantined?.Report(taken);
            return taken.Place;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private void VerifyCheckpoints(RunFolder folder, string key, List<StoreProblem> problems)
    {
        foreach (int step in folder.CheckpointSteps())
        {
            try
            {
                folder.ReadCheckpoint(step);
            }
            catch (CorruptRunException exception)
            {
                problems.Add(new StoreProblem(folder.At(StorePaths.CheckpointAt(step)), exception.Message, PutCheckpointAside(key, step, exception.Message)));
            }
        }
    }

    // What else lies there is none of ours and is left alone.
    private (IReadOnlyList<string> Keys, List<StoreProblem> Strays) Keys()
    {
        List<string> keys = [];
        List<StoreProblem> strays = [];
        foreach (StoreEntry fan in _files.List(StorePaths.Runs))
        {
            string path = $"{StorePaths.Runs}/{fan.Name}";
            if (fan.Kind != StoreEntryKind.Folder)
            {
                strays.Add(Stray(path));
                continue;
            }

            foreach (StoreEntry run in _files.List(path))
            {
                if (run.Kind == StoreEntryKind.Folder && StorePaths.IsHash(run.Name) && StorePaths.IsInRightFolder(fan.Name, run.Name))
                {
                    keys.Add(run.Name);
                }
                else
                {
                    strays.Add(Stray($"{path}/{run.Name}"));
                }
            }
        }

        return (keys, strays);

        static StoreProblem Stray(string path) => new(path, "is no folder of a run and was not looked into", Quarantine: null) { IsStray = true };
    }
}

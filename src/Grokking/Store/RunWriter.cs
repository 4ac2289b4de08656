using System.Text;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>
/// One attempt at one run: keeps its checkpoints and its result, and holds the run's lock until it is disposed. Not safe for two threads.
/// </summary>
public sealed class RunWriter : IDisposable
{
    internal const int CheckpointsKept = 2;

    private readonly IStoreFiles _files;
    private readonly RunKey _key;
    private readonly RunFolder _folder;
    private readonly IDisposable _lock;
    private readonly IProgress<Quarantined>? _quarantined;
    private readonly RunManifest _manifest;
    private readonly bool _repeatsBits;
    private readonly List<int> _kept = [];
    private readonly Dictionary<int, CurvePoint> _earlier;
    private IStoreFile? _progress;

    private RunWriter(
        IStoreFiles files,
        RunKey key,
        bool repeatsBits,
        IDisposable @lock,
        IProgress<Quarantined>? quarantined,
        RunManifest manifest,
        Dictionary<int, CurvePoint> earlier)
    {
        _files = files;
        _key = key;
        _folder = new RunFolder(files, key.Hash);
        _lock = @lock;
        _quarantined = quarantined;
        _manifest = manifest;
        _repeatsBits = repeatsBits;
        _earlier = earlier;
    }

    /// <summary>The newest verified checkpoint; null if there is none. Those that fail verification are quarantined.</summary>
    /// <exception cref="StoreException">A file cannot be read or moved.</exception>
    public Checkpoint? Latest()
    {
        foreach (int step in _folder.CheckpointSteps().Reverse())
        {
            try
            {
                if (_folder.ReadCheckpoint(step) is Checkpoint checkpoint)
                {
                    _kept.AddRange(_folder.CheckpointSteps().Where(kept => kept <= step));
                    return checkpoint;
                }
            }
            catch (CorruptRunException exception)
            {
                PutAside(step, exception.Message);
            }
        }

        return null;
    }

    /// <summary>Quarantines a checkpoint that is what was written and yet cannot be used.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="reason">Why not.</param>
    /// <exception cref="StoreException">It cannot be moved.</exception>
    public void PutAside(int step, string reason)
    {
        _kept.Remove(step);
        _quarantined?.Report(Quarantine.Take(_files, _key.Hash, StorePaths.CheckpointAt(step), reason));
    }

    /// <summary>Keeps a checkpoint and the one before it; returns when it is on the disk.</summary>
    /// <exception cref="DifferentBitsException">There is a verified checkpoint of this step with other bytes.</exception>
    /// <exception cref="StoreException">It cannot be written; the earlier ones are as they were.</exception>
    public void Save(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        int step = checkpoint.Step;
        byte[] bytes = CheckpointFile.Write(checkpoint, _key.Hash);
        if (!IsThere(step, bytes))
        {
            DurableWrite.Replace(_files, _folder.At(StorePaths.CheckpointAt(step)), bytes);
            _files.SyncFolder(_folder.Path);
        }

        _kept.Remove(step);
        _kept.Add(step);
        while (_kept.Count > CheckpointsKept)
        {
            DurableWrite.TryDelete(_files, _folder.At(StorePaths.CheckpointAt(_kept[0])));
            _kept.RemoveAt(0);
        }
    }

    /// <summary>
    /// Tells those who watch of an evaluation, and holds it against what an earlier attempt told of the same step. What earlier attempts told is kept
    /// until the run is complete, whether or not this one gets as far.
    /// </summary>
    /// <exception cref="DifferentBitsException">The earlier attempt measured something else.</exception>
    /// <exception cref="StoreException">The disk is full or broken.</exception>
    public void Report(CurvePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (_repeatsBits && _earlier.TryGetValue(point.Step, out CurvePoint? before) && before != point)
        {
            throw Different(FormattableString.Invariant($"the evaluation at step {point.Step} is {point} and was {before} in an earlier attempt"));
        }

        IEnumerable<CurvePoint> told = [point];
        if (_progress is null)
        {
            _progress = _files.CreateVolatile(_folder.At(StorePaths.Progress));
            told = [.. _earlier.Values.OrderBy(earlier => earlier.Step), point];
        }

        _progress.Write(ProgressLog.Lines(told));
    }

    /// <summary>Keeps the result; returns when it is on the disk.</summary>
    /// <param name="curve">The whole curve.</param>
    /// <param name="weights">In the order of their layout.</param>
    /// <exception cref="DifferentBitsException">Somebody else has kept another result of this run.</exception>
    /// <exception cref="StoreException">It cannot be written; the checkpoints are as they were.</exception>
    public void Complete(LearningCurve curve, IReadOnlyList<NamedTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(weights);
        byte[] spec = Encoding.UTF8.GetBytes(_key.SpecText);
        byte[] curveBytes = CurveCsv.Write(curve.Points);
        byte[] weightBytes = Safetensors.Write([.. weights.Select(SafetensorsTensor.Of)]);
        RunManifest manifest = _manifest with
        {
            Status = RunStatus.Complete,
            Outcome = curve.Outcome,
            Steps = curve.LastStep,
            Files = new SortedDictionary<string, FileSeal>(StringComparer.Ordinal)
            {
                [StorePaths.Spec] = FileSeal.Of(spec),
                [StorePaths.Curve] = FileSeal.Of(curveBytes),
                [StorePaths.Weights] = FileSeal.Of(weightBytes),
            },
        };
        if (!IsKept(manifest))
        {
            DurableWrite.Replace(_files, _folder.At(StorePaths.Weights), weightBytes);
            DurableWrite.Replace(_files, _folder.At(StorePaths.Curve), curveBytes);
            _files.SyncFolder(_folder.Path);
            DurableWrite.Replace(_files, _folder.At(StorePaths.Manifest), manifest.Write());
            _files.SyncFolder(_folder.Path);
        }

        CloseProgress();
        DurableWrite.TryDelete(_files, _folder.At(StorePaths.Progress));
        foreach (int step in _folder.CheckpointSteps())
        {
            DurableWrite.TryDelete(_files, _folder.At(StorePaths.CheckpointAt(step)));
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        CloseProgress();
        _lock.Dispose();
    }

    /// <summary>Begins an attempt under a lock that it takes over.</summary>
    /// <exception cref="StoreException">A file cannot be read or written; the lock is given back.</exception>
    internal static RunWriter Begin(
        IStoreFiles files, RunKey key, int budget, string engineId, bool repeatsBits, IDisposable @lock, IProgress<Quarantined>? quarantined)
    {
        try
        {
            files.CreateFolder(key.Folder);
            var folder = new RunFolder(files, key.Hash);
            StoredRun? before = LoadOrQuarantine(files, folder, key.Hash, quarantined);
            files.CreateFolder(key.Folder);
            if (before is null)
            {
                DurableWrite.Replace(files, folder.At(StorePaths.Spec), Encoding.UTF8.GetBytes(key.SpecText));
            }

            RunManifest manifest = new()
            {
                Schema = RunManifest.CurrentSchema,
                Key = key.Hash,
                Status = RunStatus.Running,
                Engine = engineId,
                Budget = budget,
                Attempts = (before?.Attempts ?? 0) + 1,
                Environment = RunEnvironment.Capture(),
            };
            if (before is not { Status: RunStatus.Complete })
            {
                DurableWrite.Replace(files, folder.At(StorePaths.Manifest), manifest.Write());
                files.SyncFolder(key.Folder);
            }

            return new RunWriter(files, key, repeatsBits, @lock, quarantined, manifest, EarlierRows(files, folder));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    private static StoredRun? LoadOrQuarantine(IStoreFiles files, RunFolder folder, string key, IProgress<Quarantined>? quarantined)
    {
        try
        {
            return folder.Load(withWeights: true);
        }
        catch (CorruptRunException exception)
        {
            quarantined?.Report(Quarantine.Take(files, key, name: null, exception.Message));
            return null;
        }
    }

    private static Dictionary<int, CurvePoint> EarlierRows(IStoreFiles files, RunFolder folder)
    {
        Dictionary<int, CurvePoint> rows = [];
        try
        {
            foreach (CurvePoint point in ProgressLog.Read(files.Read(folder.At(StorePaths.Progress), RunFolder.LongestData) ?? []))
            {
                rows[point.Step] = point;
            }
        }
        catch (StoreException)
        {
            // A check that cannot be made is not worth a run.
            rows.Clear();
        }

        return rows;
    }

    private bool IsThere(int step, byte[] bytes)
    {
        try
        {
            if (_folder.ReadCheckpoint(step) is null)
            {
                return false;
            }
        }
        catch (CorruptRunException exception)
        {
            PutAside(step, exception.Message);
            return false;
        }

        return _folder.ReadCheckpointBytes(step).AsSpan().SequenceEqual(bytes) || !_repeatsBits
            ? true
            : throw Different(FormattableString.Invariant($"the checkpoint at step {step} has other bytes than one that was kept before"));
    }

    // Only a run that was trained although it is kept, or that two attempts trained at once where no lock works, is there already.
    private bool IsKept(RunManifest manifest)
    {
        RunManifest? kept = null;
        try
        {
            if (_folder.Load(withWeights: true) is { Status: RunStatus.Complete })
            {
                kept = RunManifest.Read(_files.Read(_folder.At(StorePaths.Manifest), RunFolder.LongestText));
            }
        }
        catch (CorruptRunException exception)
        {
            _quarantined?.Report(Quarantine.Take(_files, _key.Hash, name: null, exception.Message));
            _files.CreateFolder(_folder.Path);
            DurableWrite.Replace(_files, _folder.At(StorePaths.Spec), Encoding.UTF8.GetBytes(_key.SpecText));
        }

        if (kept is null || !_repeatsBits)
        {
            return kept is not null;
        }

        foreach ((string name, FileSeal seal) in manifest.Files!)
        {
            if (kept.Files![name] != seal)
            {
                throw Different($"its {name} has other bytes than the one that was kept before");
            }
        }

        return kept.Outcome == manifest.Outcome ? true : throw Different($"it ended as {manifest.Outcome} and had ended as {kept.Outcome} before");
    }

    private DifferentBitsException Different(string what) => new(
        $"Run {_key.Hash} on {_manifest.Engine} did not repeat itself: {what}. What the store in {_files.Root} has is unchanged.");

    private void CloseProgress()
    {
        _progress?.Dispose();
        _progress = null;
    }
}

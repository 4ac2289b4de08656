using System.Text;
using System.Text.Json;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>Reads one run's folder and believes nothing in it that is not verified.</summary>
/// <param name="files">The store.</param>
/// <param name="key">The run's hash, which its spec.json must have.</param>
internal sealed class RunFolder(IStoreFiles files, string key)
{
    /// <summary>The longest manifest or specification in bytes.</summary>
    public const long LongestText = 1 << 24;

    /// <summary>The longest of its other files in bytes: tensors grow with the model, curve and progress with the number of evaluations.</summary>
    public const long LongestData = int.MaxValue / 2;

    public string Path { get; } = StorePaths.FolderOf(key);

    public string At(string name) => $"{Path}/{name}";

    /// <summary>The run; null if nobody began it.</summary>
    /// <param name="withWeights">Verify the weights of a complete run too.</param>
    /// <exception cref="CorruptRunException">Some file is not what was written.</exception>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public StoredRun? Load(bool withWeights)
    {
        byte[]? manifestBytes = Read(StorePaths.Manifest, LongestText);
        byte[]? specBytes = Read(StorePaths.Spec, LongestText);
        if (specBytes is null)
        {
            return manifestBytes is null ? null : throw new CorruptRunException(StorePaths.Spec, "is missing");
        }

        FileSeal specSeal = FileSeal.Of(specBytes);
        if (!string.Equals(specSeal.Sha256, key, StringComparison.Ordinal))
        {
            throw new CorruptRunException(StorePaths.Spec, "has another hash than its folder's name");
        }

        string spec = Encoding.UTF8.GetString(specBytes);
        RunManifest manifest = manifestBytes is null ? Begun(spec) : Parse(StorePaths.Manifest, () => RunManifest.Read(manifestBytes));
        if (!string.Equals(manifest.Key, key, StringComparison.Ordinal))
        {
            throw new CorruptRunException(StorePaths.Manifest, "belongs to another run");
        }

        LearningCurve? curve = null;
        if (manifest.Status == RunStatus.Complete)
        {
            Verify(manifest, StorePaths.Spec, specSeal);
            curve = ReadCurve(manifest);
            if (withWeights)
            {
                ReadWeights(manifest);
            }
        }

        return new StoredRun(key, spec, manifest, curve, () =>
        {
            try
            {
                return ReadWeights(manifest);
            }
            catch (CorruptRunException exception)
            {
                throw new StoreException($"Run {key} in the store in {files.Root} is damaged: {exception.Message}. `grok store verify` quarantines it.", exception);
            }
        });
    }

    /// <summary>The steps of the files that are named as checkpoints, ascending. Nothing is verified.</summary>
    public IReadOnlyList<int> CheckpointSteps() =>
        [.. files.List(Path).Select(entry => StorePaths.StepOf(entry.Name)).OfType<int>().Order()];

    /// <summary>A checkpoint's bytes; null if there is none.</summary>
    /// <exception cref="CorruptRunException">It is no file, or too long.</exception>
    public byte[]? ReadCheckpointBytes(int step) => Read(StorePaths.CheckpointAt(step), LongestData);

    /// <summary>A verified checkpoint; null if there is none.</summary>
    /// <exception cref="CorruptRunException">It is not what was written.</exception>
    public Checkpoint? ReadCheckpoint(int step) =>
        ReadCheckpointBytes(step) is byte[] bytes ? Parse(StorePaths.CheckpointAt(step), () => CheckpointFile.Read(bytes, key, step)) : null;

    private LearningCurve ReadCurve(RunManifest manifest)
    {
        byte[] bytes = Sealed(manifest, StorePaths.Curve, LongestData);
        IReadOnlyList<CurvePoint> points = Parse(StorePaths.Curve, () => CurveCsv.Read(bytes));
        return points.Count > 0 && points[0].Step == 0 && points[^1].Step == manifest.Steps
            ? new LearningCurve(points, manifest.Budget, manifest.Outcome!.Value)
            : throw new CorruptRunException(StorePaths.Curve, "is not the curve that the manifest describes");
    }

    private IReadOnlyList<NamedTensor> ReadWeights(RunManifest manifest)
    {
        byte[] bytes = Sealed(manifest, StorePaths.Weights, LongestData);
        return Parse(StorePaths.Weights, () => (IReadOnlyList<NamedTensor>)[.. Safetensors.Read(bytes).Tensors.Select(tensor => tensor.ToNamedTensor())]);
    }

    private byte[] Sealed(RunManifest manifest, string name, long longest)
    {
        byte[] bytes = Read(name, longest) ?? throw new CorruptRunException(name, "is missing");
        Verify(manifest, name, FileSeal.Of(bytes));
        return bytes;
    }

    private static void Verify(RunManifest manifest, string name, FileSeal seal)
    {
        FileSeal expected = manifest.Files![name];
        if (seal.Length != expected.Length)
        {
            throw new CorruptRunException(name, FormattableString.Invariant($"has {seal.Length} bytes, not the {expected.Length} of the manifest"));
        }

        if (seal != expected)
        {
            throw new CorruptRunException(name, "has another hash than the manifest says");
        }
    }

    private byte[]? Read(string name, long longest)
    {
        try
        {
            return files.Read(At(name), longest);
        }
        catch (NotPlainFileException exception)
        {
            throw new CorruptRunException(name, "is no plain file", exception);
        }
        catch (FileTooLongException exception)
        {
            throw new CorruptRunException(name, FormattableString.Invariant($"has more than the {longest} bytes allowed"), exception);
        }
    }

    // Killed between its first file and its second.
    private RunManifest Begun(string spec)
    {
        try
        {
            using var json = JsonDocument.Parse(spec);
            return new RunManifest
            {
                Schema = RunManifest.CurrentSchema,
                Key = key,
                Status = RunStatus.Running,
                Engine = json.RootElement.GetProperty("engine").GetString()!,
                Budget = json.RootElement.GetProperty("experiment").GetProperty("steps").GetInt32(),
                Attempts = 1,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CorruptRunException(StorePaths.Spec, "is no specification of a run", exception);
        }
    }

    private static T Parse<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception) when (exception is not CorruptRunException)
        {
            throw new CorruptRunException(name, "cannot be used: " + exception.Message, exception);
        }
    }
}

/// <summary>A file of a run is not what was written.</summary>
internal sealed class CorruptRunException(string file, string problem, Exception? innerException = null)
    : FormatException($"{file} {problem}", innerException);

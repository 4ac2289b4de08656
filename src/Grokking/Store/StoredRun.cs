using System.Text.Json;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>A run as it lies in a store, verified.</summary>
public sealed class StoredRun
{
    private readonly Func<IReadOnlyList<NamedTensor>> _weights;
    private readonly Lazy<Experiment?> _experiment;

    internal StoredRun(string key, string specText, RunManifest manifest, LearningCurve? curve, Func<IReadOnlyList<NamedTensor>> weights)
    {
        Key = key;
        SpecText = specText;
        Status = manifest.Status;
        EngineId = manifest.Engine;
        Budget = manifest.Budget;
        Attempts = manifest.Attempts;
        Environment = manifest.Environment;
        Curve = curve;
        _weights = weights;
        _experiment = new Lazy<Experiment?>(ReadExperiment);
    }

    /// <summary>The name of its folder: the hash of <see cref="SpecText"/>.</summary>
    public string Key { get; }

    /// <summary>Its folder, relative to the store's root.</summary>
    public string Folder => StorePaths.FolderOf(Key);

    /// <summary>The file spec.json.</summary>
    public string SpecText { get; }

    /// <summary>What was trained; null where this version cannot read it, as with an operation or an optimiser of somebody's own.</summary>
    public Experiment? Experiment => _experiment.Value;

    /// <summary>
    /// Whether the experiment, trained now, would be this run. If not, other code made it, and there may be a run of the same experiment besides.
    /// </summary>
    public bool IsOfThisCode => Experiment is not null && string.Equals(RunKey.Of(Experiment, EngineId).Hash, Key, StringComparison.Ordinal);

    /// <summary>
    /// Whether other training code than this build's made it, so that no program with this build reads it again or goes on with it. False for a run with
    /// something of somebody's own beside this code: whether that is still what it was, only its owner's program knows.
    /// </summary>
    public bool IsOfOtherCode
    {
        get
        {
            try
            {
                using var spec = JsonDocument.Parse(SpecText);
                JsonElement code = spec.RootElement.GetProperty("code");
                return !TrainingCode.OfEngine(EngineId).All(wanted => code.EnumerateArray().Any(entry => entry.ValueEquals(wanted)));
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Nor does it name its code as this build does.
                return true;
            }
        }
    }

    /// <summary>The canonical JSON of what is trained, as <see cref="SpecText"/> has it.</summary>
    /// <exception cref="StoreException">The text has none.</exception>
    public string ExperimentText
    {
        get
        {
            try
            {
                using var spec = JsonDocument.Parse(SpecText);
                return spec.RootElement.GetProperty("experiment").GetRawText();
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new StoreException($"{StorePaths.Spec} of run {Key} holds no experiment.", exception);
            }
        }
    }

    /// <summary>How far it is.</summary>
    public RunStatus Status { get; }

    /// <summary>The engine that makes it.</summary>
    public string EngineId { get; }

    /// <summary>The steps it is allowed.</summary>
    public int Budget { get; }

    /// <summary>How often somebody began or went on with it, ≥ 1.</summary>
    public int Attempts { get; }

    /// <summary>On what the last attempt ran; see <see cref="RunEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The curve of a complete run; null while it is running.</summary>
    public LearningCurve? Curve { get; }

    /// <summary>Reads and verifies the weights of a complete run, in the order of their layout.</summary>
    /// <exception cref="InvalidOperationException">It is not complete.</exception>
    /// <exception cref="StoreException">They cannot be read, or are not what was stored.</exception>
    public IReadOnlyList<NamedTensor> ReadWeights() =>
        Status == RunStatus.Complete ? _weights() : throw new InvalidOperationException($"Run {Key} is not complete.");

    /// <summary>What a complete run left behind, its weights verified.</summary>
    /// <exception cref="InvalidOperationException">It is not complete.</exception>
    /// <exception cref="StoreException">The weights cannot be read, or are not what was stored.</exception>
    public TrainedRun Read()
    {
        var layout = new ParameterLayout();
        IReadOnlyList<NamedTensor> weights = ReadWeights();
        foreach (NamedTensor tensor in weights)
        {
            layout.Add(tensor.Name, tensor.Shape[0], tensor.Shape.Count == 1 ? 1 : tensor.Shape[1]);
        }

        float[] parameters = new float[layout.Count];
        foreach ((ParameterTensor place, NamedTensor tensor) in layout.Tensors.Zip(weights))
        {
            tensor.Values.Span.CopyTo(place.In(parameters.AsSpan()));
        }

        return new TrainedRun(Curve!, layout, parameters) { Origin = RunOrigin.Cached };
    }

    private Experiment? ReadExperiment()
    {
        try
        {
            using var spec = JsonDocument.Parse(SpecText);
            return ExperimentJson.Read(spec.RootElement.GetProperty("experiment").GetRawText());
        }
        catch (Exception exception) when (exception is ExperimentFormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

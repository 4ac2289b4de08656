using System.Text.Json;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>A finished run on its way out of the store.</summary>
internal sealed class ExportedRun
{
    private readonly StoredRun _run;

    /// <summary>A run and what it was made from.</summary>
    /// <param name="run">A complete one.</param>
    /// <exception cref="JsonException">Its experiment holds half of a surrogate pair.</exception>
    /// <exception cref="StoreException">It has no experiment.</exception>
    public ExportedRun(StoredRun run)
    {
        _run = run;
        ExperimentText = run.ExperimentText;
        Settings = ExperimentFields.Of(ExperimentText);
    }

    /// <summary>The run's key in its store.</summary>
    public string Key => _run.Key;

    /// <summary>The engine that trained it.</summary>
    public string EngineId => _run.EngineId;

    /// <summary>The beginning of the key, enough to tell a run from its neighbours.</summary>
    public string ShortKey => Key.Length <= 12 ? Key : Key[..12];

    /// <summary>What was trained; null where this tool was not built with its operation or its optimiser.</summary>
    public Experiment? Experiment => _run.Experiment;

    /// <summary>The canonical JSON of the experiment.</summary>
    public string ExperimentText { get; }

    /// <summary>Its evaluations.</summary>
    public LearningCurve Curve => _run.Curve!;

    /// <summary>Every setting of the experiment by its path, e.g. "optimizer.weightDecay": strings, numbers, truth values, nulls and lists.</summary>
    public IReadOnlyDictionary<string, JsonElement> Settings { get; }

    /// <summary>The task's name, e.g. "x+y mod 97"; whatever text a user's own operation has.</summary>
    public string Task
    {
        get
        {
            string formula = Text("task.formula.name");
            return Experiment is { } known ? known.Task.Name
                : formula.Length > 0 ? formula
                : Text("task.kind");
        }
    }

    /// <summary>The value of a setting as text; empty if there is none.</summary>
    public string Text(string path) =>
        Settings.TryGetValue(path, out JsonElement value) ? ExperimentFields.Text(value) : "";

    /// <summary>The value of a setting as a number; 0 if it is none.</summary>
    public double Number(string path) =>
        Settings.TryGetValue(path, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : 0;

    /// <summary>The weights under our names, read and verified now.</summary>
    /// <exception cref="StoreException">They cannot be read, or are not what was stored.</exception>
    public IReadOnlyList<NamedTensor> ReadWeights() => _run.ReadWeights();
}

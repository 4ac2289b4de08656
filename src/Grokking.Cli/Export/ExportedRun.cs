using System.Text.Json;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>A finished run on its way out of the store.</summary>
internal sealed class ExportedRun
{
    private const string ExperimentKey = "experiment";

    /// <summary>A run and what it was made from.</summary>
    /// <param name="key">The run's key in its store, hexadecimal digits.</param>
    /// <param name="engineId">The engine that trained it.</param>
    /// <param name="specText">The store's spec.json: an object whose "experiment" is the canonical JSON of the experiment.</param>
    /// <param name="curve">Its evaluations.</param>
    /// <exception cref="JsonException">The text is no such JSON.</exception>
    public ExportedRun(string key, string engineId, string specText, LearningCurve curve)
    {
        Key = key;
        EngineId = engineId;
        Curve = curve;
        SortedDictionary<string, JsonElement> settings = new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(specText);
            JsonElement experiment = document.RootElement.GetProperty(ExperimentKey).Clone();
            Flatten(experiment, "", settings);
            ExperimentText = experiment.GetRawText();
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            // Besides another shape: an escaped half of a surrogate pair.
            throw new JsonException($"The specification of run {key} is no object with an experiment.", exception);
        }

        Settings = settings;
        try
        {
            Experiment = ExperimentJson.Read(ExperimentText);
        }
        catch (ExperimentFormatException)
        {
            // An operation or an optimiser that this tool was not built with: known by its settings alone.
            Experiment = null;
        }
    }

    /// <summary>The run's key in its store.</summary>
    public string Key { get; }

    /// <summary>The engine that trained it.</summary>
    public string EngineId { get; }

    /// <summary>The beginning of the key, enough to tell a run from its neighbours.</summary>
    public string ShortKey => Key.Length <= 12 ? Key : Key[..12];

    /// <summary>What was trained; null where this tool was not built with its operation or its optimiser.</summary>
    public Experiment? Experiment { get; }

    /// <summary>The canonical JSON of the experiment.</summary>
    public string ExperimentText { get; }

    /// <summary>Its evaluations.</summary>
    public LearningCurve Curve { get; }

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
        !Settings.TryGetValue(path, out JsonElement value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();

    /// <summary>The value of a setting as a number; 0 if it is none.</summary>
    public double Number(string path) =>
        Settings.TryGetValue(path, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : 0;

    private static void Flatten(JsonElement element, string path, SortedDictionary<string, JsonElement> settings)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", settings);
            }
        }
        else
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                // Throws where the text is no Unicode.
                _ = element.GetString();
            }

            settings[path] = element;
        }
    }
}

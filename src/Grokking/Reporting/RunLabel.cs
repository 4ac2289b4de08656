using System.Globalization;
using System.Text.Json.Nodes;
using Grokking.Configuration;
using Grokking.Training;

namespace Grokking.Reporting;

/// <summary>A short name for a run among its claim's runs.</summary>
public static class RunLabel
{
    /// <summary>The name, what sets the run apart from the first, and the seed, e.g. "less-data trainFraction=0.3 seed=2".</summary>
    /// <param name="name">Of a claim's group, or of a sweep.</param>
    /// <param name="baseline">The first run.</param>
    /// <param name="experiment">The run to name.</param>
    public static string Of(string name, Experiment baseline, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        List<string> words = [name];
        AddChanges(ExperimentChanges.Between(baseline, experiment), words);
        words.Add("seed=" + experiment.Seed.ToString(CultureInfo.InvariantCulture));
        return Printable.Line(string.Join(' ', words));
    }

    /// <summary>A run by itself, e.g. "x+y mod 97, 30 % data, AdamW, seed 2".</summary>
    public static string Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Printable.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{experiment.Task.Name}, {100 * experiment.TrainFraction:0.##} % data, {experiment.Optimizer.GetType().Name}, seed {experiment.Seed}"));
    }

    /// <summary>" (cached)" or " (resumed)", with its space; empty for a run that was trained in one go, or has not finished.</summary>
    public static string OfOrigin(RunOrigin? origin) => origin switch
    {
        RunOrigin.Cached => " (cached)",
        RunOrigin.Resumed => " (resumed)",
        _ => "",
    };

    private static void AddChanges(JsonObject changes, List<string> words)
    {
        foreach ((string name, JsonNode? value) in changes)
        {
            if (value is JsonObject nested)
            {
                if (nested["kind"] is JsonNode kind)
                {
                    words.Add($"{name}={kind}");
                }
                else
                {
                    AddChanges(nested, words);
                }
            }
            else if (!string.Equals(name, "seed", StringComparison.Ordinal))
            {
                words.Add($"{name}={value?.ToString() ?? "none"}");
            }
        }
    }
}

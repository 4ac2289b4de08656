using System.Text.Json.Serialization.Metadata;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>
/// The keys of an experiment: paths in its canonical JSON, e.g. optimizer.weightDecay, in either case, or one of <see cref="Aliases"/>. Of an operation
/// only its size is a part.
/// </summary>
public static class ExperimentKeys
{
    /// <summary>The field's short names for some keys.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["act"] = "model.activation",
        ["batch"] = "batchSize",
        ["clip"] = "clipNorm",
        ["dropout"] = "model.dropout",
        ["frac"] = "trainFraction",
        ["heads"] = "model.nHeads",
        ["hidden"] = "model.dHidden",
        ["layers"] = "model.nLayers",
        ["lr"] = "optimizer.learningRate",
        ["norm"] = "model.norm",
        ["op"] = "task",
        ["opt"] = "optimizer",
        ["p"] = "task.modulus",
        ["stop"] = "stopping",
        ["warmup"] = "schedule.warmupSteps",
        ["wd"] = "optimizer.weightDecay",
        ["width"] = "model.dModel",
    };

    /// <summary>Every key that an experiment has, in the order of its canonical JSON; a task, an optimiser and a model come as a whole and by their parts.</summary>
    public static IReadOnlyList<string> Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return [.. Of(experiment, "")];
    }

    /// <summary>Whether the experiment of some preset has a key.</summary>
    public static bool Has(string key) =>
        Aliases.ContainsKey(key) || Presets.Named.Values.Any(experiment => Of(experiment).Contains(key, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names of the fields that lead to a key.</summary>
    internal static string[] PathOf(string key) => Aliases.GetValueOrDefault(key, key).Split('.');

    /// <summary>An experiment with one value of an assignment set. Whether the whole is valid is not looked at.</summary>
    /// <exception cref="ExperimentFormatException">The key is unknown, or the value is of another type.</exception>
    internal static Experiment Set(Experiment experiment, Assignment assignment, string value) =>
        Set(experiment, experiment, assignment.Path, value, assignment.Key);

    /// <summary>The type and the value of what a path leads to; null where that is nothing.</summary>
    internal static (Type Type, object? Value)? Find(object? record, ReadOnlySpan<string> path)
    {
        if (record is null || ConfigValue.IsSingle(record.GetType()))
        {
            return null;
        }

        if (record is Operation)
        {
            return SizeAt(record, path) is { } size ? (typeof(int), size.Value) : null;
        }

        JsonPropertyInfo? field = Field(record, path[0]);
        return field is null ? null : path.Length > 1 ? Find(field.Get!(record), path[1..]) : (field.PropertyType, field.Get!(record));
    }

    private static T Set<T>(T record, Experiment root, ReadOnlySpan<string> path, string text, string key)
        where T : notnull
    {
        JsonPropertyInfo field = Field(record, path[0]) ?? throw Unknown(root, key);
        object? current = field.Get!(record);
        T changed = ConfigFields.Copy(record);
        field.Set!(changed, path.Length > 1 ? SetPart(current, root, path[1..], text, key) : Read(field.PropertyType, current, root, text, key));
        return changed;
    }

    private static object SetPart(object? current, Experiment root, ReadOnlySpan<string> path, string text, string key) => current switch
    {
        _ when SizeAt(current, path) is { } size => size.With((int)ConfigValue.FromText(typeof(int), text, key)!),
        null or Operation => throw Unknown(root, key),
        _ when ConfigValue.IsSingle(current.GetType()) => throw Unknown(root, key),
        _ => Set(current, root, path, text, key),
    };

    private static object? Read(Type type, object? current, Experiment root, string text, string key) =>
        ConfigValue.IsSingle(type) ? ConfigValue.FromText(type, text, key)
        : type == typeof(LearningTask) ? ConfigChoice.Task((LearningTask)current!, text, key)
        : type == typeof(OptimizerConfig) ? ConfigChoice.Optimizer((OptimizerConfig)current!, text, key)
        : type == typeof(ModelConfig) ? ConfigChoice.Model((ModelConfig)current!, text, key)
        : throw Unknown(root, key);

    private static JsonPropertyInfo? Field(object record, string name) =>
        ConfigFields.Of(record).FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    private static OperationSize? SizeAt(object? task, ReadOnlySpan<string> path) =>
        path.Length == 1 && OperationSize.Of(task) is { } size && string.Equals(path[0], size.Name, StringComparison.OrdinalIgnoreCase) ? size : null;

    // Many write the last part alone, so a key is as near as that part of it.
    private static ExperimentFormatException Unknown(Experiment root, string key)
    {
        IReadOnlyList<string> keys = Of(root);
        string wanted = Aliases.GetValueOrDefault(key, key);
        string[] texts = [.. keys, .. keys.Select(each => each.Split('.')[^1]), .. Aliases.Keys];
        string[] meant = [.. keys, .. keys, .. Aliases.Keys];
        string nearest = meant[Array.IndexOf(texts, NearestName.To(wanted, texts))];
        return ExperimentFormatException.Unknown(string.Equals(wanted, key, StringComparison.Ordinal) ? key : $"{key}, which is {wanted},", nearest);
    }

    private static IEnumerable<string> Of(object record, string prefix)
    {
        foreach (JsonPropertyInfo field in ConfigFields.Of(record))
        {
            string key = prefix + field.Name;
            object? value = field.Get!(record);
            bool single = ConfigValue.IsSingle(field.PropertyType);
            if (single || value is LearningTask or OptimizerConfig or ModelConfig)
            {
                yield return key;
            }

            IEnumerable<string> parts = value switch
            {
                _ when single => [],
                _ when OperationSize.Of(value) is { } size => [$"{key}.{size.Name}"],
                null or Operation => [],
                _ => Of(value, key + "."),
            };
            foreach (string part in parts)
            {
                yield return part;
            }
        }
    }
}

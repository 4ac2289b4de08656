using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>One experiment of a sweep.</summary>
/// <param name="Experiment">A valid one.</param>
/// <param name="Varied">The keys that have several values in the sweep, as they were written, with this experiment's.</param>
public sealed record ExperimentVariation(Experiment Experiment, IReadOnlyList<KeyValuePair<string, string>> Varied);

/// <summary>
/// Changes to an experiment as <c>key=value</c>. A key is a path in its canonical JSON, e.g. optimizer.weightDecay, in either case, or one of
/// <see cref="Aliases"/>; several values are a list, 0.1,1, or a range of whole numbers with both its ends, 0..9, or both.
/// </summary>
public sealed class ExperimentOverrides
{
    /// <summary>The most experiments that one sweep can have.</summary>
    public const int MostExperiments = 100_000;

    private readonly IReadOnlyList<Assignment> _assignments;

    private ExperimentOverrides(IReadOnlyList<Assignment> assignments) => _assignments = assignments;

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

    /// <summary>The number of experiments: the product of the numbers of values; 1 without any change.</summary>
    public int Count { get; private init; }

    /// <summary>Reads assignments. Which keys there are shows only with an experiment; everything else is checked here.</summary>
    /// <exception cref="ExperimentFormatException">
    /// One is no <c>key=value</c>, a key or a value is there twice, a value is empty, or there are more than <see cref="MostExperiments"/> combinations.
    /// </exception>
    public static ExperimentOverrides Parse(IEnumerable<string> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        List<Assignment> parsed = [];
        long count = 1;
        foreach (string text in assignments)
        {
            Assignment assignment = ParseOne(text, MostExperiments / count);
            if (parsed.Find(earlier => string.Equals(earlier.Path, assignment.Path, StringComparison.OrdinalIgnoreCase)) is { } twice)
            {
                throw new ExperimentFormatException(assignment.Key, $"is set twice: {ShownText.Of(twice.Text)} and {ShownText.Of(text)}.");
            }

            parsed.Add(assignment);
            count *= assignment.Values.Count;
        }

        return new ExperimentOverrides(parsed) { Count = (int)count };
    }

    /// <summary>Every key that an experiment has, in the order of its canonical JSON; a task, an optimiser and a model come as a whole and by their parts.</summary>
    public static IReadOnlyList<string> KeysOf(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return [.. KeysOf(experiment, "")];
    }

    /// <summary>
    /// All combinations, as nested loops with the first assignment outermost; the values of a list in its order. A whole task, optimiser or model is set
    /// before its parts, in whichever order they are written.
    /// </summary>
    /// <exception cref="ExperimentFormatException">A key is unknown, or a value is of another type or outside its range.</exception>
    public IReadOnlyList<ExperimentVariation> Expand(Experiment basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        List<ExperimentVariation> variations = new(Count);
        int[] chosen = new int[_assignments.Count];
        int[] wholesFirst = [.. Enumerable.Range(0, chosen.Length).OrderBy(i => _assignments[i].Path.Count(unit => unit == '.'))];
        for (int number = 0; number < Count; number++)
        {
            int rest = number;
            for (int i = chosen.Length - 1; i >= 0; i--)
            {
                (rest, chosen[i]) = Math.DivRem(rest, _assignments[i].Values.Count);
            }

            Experiment experiment = basis;
            foreach (int i in wholesFirst)
            {
                experiment = Assign(experiment, experiment, _assignments[i].Path.Split('.'), _assignments[i].Values[chosen[i]], _assignments[i].Key);
            }

            Validate(experiment);
            variations.Add(new ExperimentVariation(experiment, [.. Varied(chosen)]));
        }

        return variations;
    }

    private static void Validate(Experiment experiment)
    {
        try
        {
            experiment.Validate();
        }
        catch (ArgumentException refusal)
        {
            throw ExperimentFormatException.Because(refusal);
        }
    }

    private static Assignment ParseOne(string text, long mostValues)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = (equals < 0 ? text : text[..equals]).Trim();
        if (equals < 0 || key.Length == 0)
        {
            throw new ExperimentFormatException("", $"{ShownText.Of(text)} is no key=value.");
        }

        List<string> values = [];
        foreach (string item in text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0)
            {
                throw new ExperimentFormatException(key, "has an empty value.");
            }

            foreach (string value in Range(item, key, mostValues - values.Count))
            {
                values.Add(value);
            }
        }

        if (values.Count > mostValues)
        {
            throw TooMany(key);
        }

        return values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ExperimentFormatException(key, $"has the value {ShownText.Of(twice.Key)} twice.")
            : new Assignment(text, key, Aliases.GetValueOrDefault(key, key), values);
    }

    private static IEnumerable<string> Range(string item, string key, long most)
    {
        int dots = item.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return [item];
        }

        if (!Int128.TryParse(item.AsSpan(0, dots), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 first)
            || !Int128.TryParse(item.AsSpan(dots + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 last)
            || last < first)
        {
            throw new ExperimentFormatException(
                key, $"has the range {ShownText.Of(item)}; a range goes up from a whole number to another, like 0..9.");
        }

        // As a difference of unsigned numbers it holds what is more than an Int128 can.
        return (UInt128)last - (UInt128)first < (UInt128)Math.Max(most, 0)
            ? Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i).ToString(CultureInfo.InvariantCulture))
            : throw TooMany(key);
    }

    private static ExperimentFormatException TooMany(string key) =>
        new(key, FormattableString.Invariant($"makes more than {MostExperiments} experiments; take fewer values."));

    private static T Assign<T>(T record, Experiment root, ReadOnlySpan<string> path, string text, string key)
        where T : notnull
    {
        string name = path[0];
        JsonPropertyInfo? field = ConfigFields.Of(record).FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
        if (field is null)
        {
            throw Unknown(root, key);
        }

        object? current = field.Get!(record);
        T changed = ConfigFields.Copy(record);
        field.Set!(changed, path.Length > 1 ? AssignPart(current, root, path[1..], text, key) : AssignWhole(field.PropertyType, current, root, text, key));
        return changed;
    }

    private static object? AssignWhole(Type type, object? current, Experiment root, string text, string key) =>
        ConfigValue.IsSingle(type) ? ConfigValue.FromText(type, text, key)
        : type == typeof(LearningTask) ? ConfigChoice.Task((LearningTask)current!, text, key)
        : type == typeof(OptimizerConfig) ? ConfigChoice.Optimizer((OptimizerConfig)current!, text, key)
        : type == typeof(ModelConfig) ? ConfigChoice.Model((ModelConfig)current!, text, key)
        : throw Unknown(root, key);

    private static object AssignPart(object? current, Experiment root, ReadOnlySpan<string> path, string text, string key) => current switch
    {
        ModularOperation modular when IsOnly(path, "modulus") => modular with { Modulus = (int)ConfigValue.FromText(typeof(int), text, key)! },
        PermutationOperation inSn when IsOnly(path, "degree") => inSn with { Degree = (int)ConfigValue.FromText(typeof(int), text, key)! },
        AlternatingProduct inAn when IsOnly(path, "degree") => inAn with { Degree = (int)ConfigValue.FromText(typeof(int), text, key)! },
        OrderedAddition addition when IsOnly(path, "size") => addition with { Size = (int)ConfigValue.FromText(typeof(int), text, key)! },
        null or Operation => throw Unknown(root, key),
        _ when ConfigValue.IsSingle(current.GetType()) => throw Unknown(root, key),
        _ => Assign(current, root, path, text, key),
    };

    private static bool IsOnly(ReadOnlySpan<string> path, string name) =>
        path.Length == 1 && string.Equals(path[0], name, StringComparison.OrdinalIgnoreCase);

    // Many write the last part alone, so a key is as near as that part of it.
    private static ExperimentFormatException Unknown(Experiment root, string key)
    {
        IReadOnlyList<string> keys = KeysOf(root);
        string wanted = Aliases.GetValueOrDefault(key, key);
        string[] texts = [.. keys, .. keys.Select(each => each.Split('.')[^1]), .. Aliases.Keys];
        string[] meant = [.. keys, .. keys, .. Aliases.Keys];
        string nearest = meant[Array.IndexOf(texts, NearestName.To(wanted, texts))];
        return ExperimentFormatException.Unknown(string.Equals(wanted, key, StringComparison.Ordinal) ? key : $"{key}, which is {wanted},", nearest);
    }

    private static IEnumerable<string> KeysOf(object record, string prefix)
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
                ModularOperation => [key + ".modulus"],
                PermutationOperation or AlternatingProduct => [key + ".degree"],
                OrderedAddition => [key + ".size"],
                null or Operation => [],
                _ => KeysOf(value, key + "."),
            };
            foreach (string part in parts)
            {
                yield return part;
            }
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Varied(int[] chosen) =>
        from i in Enumerable.Range(0, chosen.Length)
        where _assignments[i].Values.Count > 1
        select KeyValuePair.Create(_assignments[i].Key, _assignments[i].Values[chosen[i]]);

    private sealed record Assignment(string Text, string Key, string Path, IReadOnlyList<string> Values);
}

using System.Collections.Concurrent;
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
    private readonly int[] _wholesFirst;
    private bool _madeSense;

    private ExperimentOverrides(IReadOnlyList<Assignment> assignments)
    {
        _assignments = assignments;
        _wholesFirst = [.. Enumerable.Range(0, assignments.Count).OrderBy(i => assignments[i].Path.Length)];
    }

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
            if (parsed.Find(earlier => earlier.Path.SequenceEqual(assignment.Path, StringComparer.OrdinalIgnoreCase)) is { } twice)
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
    /// <exception cref="ExperimentFormatException">
    /// A key is unknown, a value is of another type or outside its range, or two values, such as 0.5 and 0.50, make the same experiment.
    /// </exception>
    public IReadOnlyList<ExperimentVariation> Expand(Experiment basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        List<ExperimentVariation> variations = new(Count);
        Dictionary<Experiment, ExperimentVariation> known = new(Count);
        int[] chosen = new int[_assignments.Count];
        for (int number = 0; number < Count; number++)
        {
            int rest = number;
            for (int i = chosen.Length - 1; i >= 0; i--)
            {
                (rest, chosen[i]) = Math.DivRem(rest, _assignments[i].Values.Count);
            }

            var variation = new ExperimentVariation(Combine(basis, chosen), [.. Varied(chosen)]);
            if (!known.TryAdd(variation.Experiment, variation))
            {
                throw Same(known[variation.Experiment], variation);
            }

            variations.Add(variation);
        }

        return variations;
    }

    /// <summary>Whether some combination changes nothing in an experiment. The assignments are looked at one by one, so their combinations are not made.</summary>
    /// <exception cref="ExperimentFormatException">
    /// A key is unknown, or a value is of another type or outside its range, in this experiment and in all that were asked about before.
    /// </exception>
    public bool ChangeNothingIn(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (!_madeSense)
        {
            Try(experiment);
            _madeSense = true;
        }

        // The parts before their whole: it may change what they set back.
        List<(Assignment Assignment, string Value)> parts = [];
        foreach (int i in _wholesFirst.Reverse())
        {
            if (Find(experiment, _assignments[i].Path) is not var (type, current))
            {
                return false;
            }

            string? value = ConfigValue.IsSingle(type)
                ? _assignments[i].Read(type)[current].FirstOrDefault()
                : _assignments[i].Values.FirstOrDefault(text => parts.Aggregate(
                    Assign(experiment, _assignments[i], text), (changed, part) => Assign(changed, part.Assignment, part.Value)) == experiment);
            if (value is null)
            {
                return false;
            }

            parts.Insert(0, (_assignments[i], value));
        }

        return true;
    }

    // Each value once, with the first ones of the other keys.
    private void Try(Experiment experiment)
    {
        int[] chosen = new int[_assignments.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            for (chosen[i] = _assignments[i].Values.Count - 1; chosen[i] > 0; chosen[i]--)
            {
                _ = Combine(experiment, chosen);
            }
        }

        _ = Combine(experiment, chosen);
    }

    private Experiment Combine(Experiment basis, int[] chosen)
    {
        Experiment experiment = basis;
        foreach (int i in _wholesFirst)
        {
            experiment = Assign(experiment, _assignments[i], _assignments[i].Values[chosen[i]]);
        }

        Validate(experiment);
        return experiment;
    }

    private static ExperimentFormatException Same(ExperimentVariation one, ExperimentVariation other)
    {
        (KeyValuePair<string, string> first, KeyValuePair<string, string> second) =
            one.Varied.Zip(other.Varied).First(pair => !string.Equals(pair.First.Value, pair.Second.Value, StringComparison.Ordinal));
        return new ExperimentFormatException(
            first.Key, $"has the values {ShownText.Of(first.Value)} and {ShownText.Of(second.Value)}, which make the same experiment.");
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
            : new Assignment(text, key, Aliases.GetValueOrDefault(key, key).Split('.'), values);
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

    private static Experiment Assign(Experiment experiment, Assignment assignment, string value) =>
        Assign(experiment, experiment, assignment.Path, value, assignment.Key);

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

    // The type and the value of a field, or of a part of one; null where there is none.
    private static (Type Type, object? Value)? Find(object? record, ReadOnlySpan<string> path)
    {
        if (record is null || ConfigValue.IsSingle(record.GetType()))
        {
            return null;
        }

        if (record is Operation)
        {
            int? size = record switch
            {
                ModularOperation modular when IsOnly(path, "modulus") => modular.Modulus,
                PermutationOperation inSn when IsOnly(path, "degree") => inSn.Degree,
                AlternatingProduct inAn when IsOnly(path, "degree") => inAn.Degree,
                OrderedAddition addition when IsOnly(path, "size") => addition.Size,
                _ => null,
            };
            return size is null ? null : (typeof(int), size);
        }

        string name = path[0];
        JsonPropertyInfo? field = ConfigFields.Of(record).FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
        return field is null ? null : path.Length > 1 ? Find(field.Get!(record), path[1..]) : (field.PropertyType, field.Get!(record));
    }

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

    private sealed record Assignment(string Text, string Key, string[] Path, IReadOnlyList<string> Values)
    {
        private readonly ConcurrentDictionary<Type, ILookup<object?, string>> _read = new();

        /// <summary>The texts by the values that they are of a type.</summary>
        public ILookup<object?, string> Read(Type type) => _read.GetOrAdd(type, _ => Values.ToLookup(text => ConfigValue.FromText(type, text, Key)));
    }
}

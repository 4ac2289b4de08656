using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>Reads what <see cref="CanonicalJson"/> writes of an experiment. Strict: whatever is not understood is refused, nothing is guessed.</summary>
/// <remarks>
/// A key that is left out has its default, or its value in the experiment that the text is laid over; only the task has no default. In the
/// place of their objects an operation may be its name, "x+y mod 97", and an optimiser or a model its kind, "AdamW".
/// </remarks>
public static class ExperimentJson
{
    /// <summary>The longest text that is read, in characters; a canonical one has about 1,200.</summary>
    public const int LongestText = 1 << 17;

    private const int LongestReason = 200;
    private const string KindKey = "kind";
    private const string FormulaKey = "formula";
    private const string TaskKey = "task";

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16 };

    /// <summary>The experiment of this text; a valid one.</summary>
    /// <exception cref="ExperimentFormatException">
    /// The text is no JSON, or has an unknown or repeated key, a value of another type, no task, or a value outside its range.
    /// </exception>
    public static Experiment Read(string json) => Read(json, basis: null);

    /// <summary>The experiment of this text laid over another: what the text leaves out is as in <paramref name="basis"/>.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static Experiment Read(string json, Experiment? basis)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > LongestText)
        {
            throw new ExperimentFormatException("", FormattableString.Invariant($"The text has {json.Length} characters; an experiment has at most {LongestText}."));
        }

        Experiment experiment;
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            experiment = ReadExperiment(document.RootElement, basis);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or ArgumentException)
        {
            // Besides broken syntax: halves of surrogate pairs, bare or escaped.
            throw ExperimentFormatException.Because(cause, $"The text is no JSON: {Position(cause)}{ShownText.Of(cause.Message, LongestReason)}");
        }

        try
        {
            experiment.Validate();
        }
        catch (ArgumentException refusal)
        {
            throw ExperimentFormatException.Because(refusal);
        }

        return experiment;
    }

    // The message quotes the text up to the next sign that it knows, which may be far.
    private static string Position(Exception cause) => cause is JsonException { LineNumber: long line, BytePositionInLine: long at }
        ? FormattableString.Invariant($"line {line + 1}, byte {at + 1}: ")
        : "";

    private static Experiment ReadExperiment(JsonElement element, Experiment? basis)
    {
        Dictionary<string, JsonElement> members = Members(element, "");
        if (basis is null)
        {
            if (!members.Remove(TaskKey, out JsonElement task))
            {
                throw new ExperimentFormatException(TaskKey, "is missing; it is the one key without a default.");
            }

            basis = new Experiment { Task = ReadTask(current: null, task, TaskKey) };
        }

        return ReadFields(basis, members, "");
    }

    private static T ReadFields<T>(T basis, Dictionary<string, JsonElement> members, string prefix)
        where T : notnull
    {
        T record = ConfigFields.Copy(basis);
        IReadOnlyList<JsonPropertyInfo> fields = ConfigFields.Of(record);
        foreach ((string name, JsonElement value) in members)
        {
            JsonPropertyInfo field = fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.Ordinal))
                ?? throw Unknown(prefix, name, fields.Select(field => field.Name));
            field.Set!(record, ReadValue(field.PropertyType, field.Get!(record), value, prefix + name));
        }

        return record;
    }

    private static object? ReadValue(Type type, object? current, JsonElement element, string key) =>
        ConfigValue.IsSingle(type) ? ConfigValue.FromJson(type, element, key)
        : type == typeof(LearningTask) ? ReadTask((LearningTask)current!, element, key)
        : type == typeof(OptimizerConfig) ? ReadKind((OptimizerConfig)current!, ConfigChoice.Optimizers, ConfigChoice.Optimizer, element, key)
        : type == typeof(ModelConfig) ? ReadKind((ModelConfig)current!, ConfigChoice.Models, ConfigChoice.Model, element, key)
        : ReadFields(current!, Members(element, key + "."), key + ".");

    // A record of one of several kinds: its name, or its fields with the kind where that changes.
    private static T ReadKind<T>(T current, IReadOnlyList<T> all, Func<T, string, string, T> named, JsonElement element, string key)
        where T : class
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return named(current, element.GetString()!, key);
        }

        Dictionary<string, JsonElement> members = Members(element, key + ".");
        T basis = members.Remove(KindKey, out JsonElement kind) ? OfKind(all, current, kind, key) : current;
        return ReadFields(basis, members, key + ".");
    }

    private static LearningTask ReadTask(LearningTask? current, JsonElement element, string key)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return ConfigChoice.Task(current, element.GetString()!, key);
        }

        Dictionary<string, JsonElement> members = Members(element, key + ".");
        LearningTask basis = members.Remove(KindKey, out JsonElement kind) ? OfKind<LearningTask>([.. Operations.All, .. ConfigChoice.VectorTasks], current, kind, key)
            : current ?? throw Missing(key, KindKey);
        if (basis is AlternatingProduct or OrderedAddition or VectorTask)
        {
            return ReadFields(basis, members, key + ".");
        }

        bool hasFormula = members.Remove(FormulaKey, out JsonElement formula);
        if (!hasFormula && basis.GetType() != current?.GetType())
        {
            throw Missing(key, FormulaKey);
        }

        // A formula is code: of the text only its name counts, and its marks must be those of that name.
        Operation operation = basis switch
        {
            ModularOperation modular => hasFormula
                ? new ModularOperation(
                    ReadFormula(Operations.All.OfType<ModularOperation>().Select(known => known.Formula), known => known.Name, formula, key)) { Modulus = modular.Modulus }
                : modular,
            PermutationOperation permutations => hasFormula
                ? new PermutationOperation(
                    ReadFormula(Operations.All.OfType<PermutationOperation>().Select(known => known.Formula), known => known.Name, formula, key)) { Degree = permutations.Degree }
                : permutations,
            _ => throw new ExperimentFormatException(key, $"is a {CanonicalJson.KindOf(basis.GetType())}, which no text describes."),
        };
        return ReadSize(operation, members, key);
    }

    private static Operation ReadSize(Operation operation, Dictionary<string, JsonElement> members, string key)
    {
        OperationSize size = OperationSize.Of(operation)!;
        Operation sized = members.Remove(size.Name, out JsonElement element)
            ? size.With((int)ConfigValue.FromJson(typeof(int), element, $"{key}.{size.Name}")!)
            : operation;
        return members.Count == 0 ? sized : throw Unknown(key + ".", members.Keys.First(), [FormulaKey, KindKey, size.Name]);
    }

    private static T ReadFormula<T>(IEnumerable<T> all, Func<T, string> nameOf, JsonElement element, string key)
        where T : notnull
    {
        string path = $"{key}.{FormulaKey}";
        Dictionary<string, JsonElement> members = Members(element, path + ".");
        if (!members.Remove("name", out JsonElement nameElement))
        {
            throw Missing(path, "name");
        }

        string[] names = [.. all.Select(nameOf)];
        string name = Text(nameElement, path + ".name");
        T formula = all.FirstOrDefault(known => string.Equals(nameOf(known), name, StringComparison.Ordinal))
            ?? throw ExperimentFormatException.NoChoice(path + ".name", name, names);
        foreach ((string markName, JsonElement mark) in members)
        {
            JsonPropertyInfo field = ConfigFields.Of(formula).FirstOrDefault(field => string.Equals(field.Name, markName, StringComparison.Ordinal))
                ?? throw Unknown(path + ".", markName, ConfigFields.Of(formula).Select(field => field.Name));
            if (!Equals(ConfigValue.FromJson(field.PropertyType, mark, $"{path}.{markName}"), field.Get!(formula)))
            {
                throw new ExperimentFormatException($"{path}.{markName}", $"is {mark.GetRawText()}, which is not so of {name}.");
            }
        }

        return formula;
    }

    // The current record where it is of this kind; else one with the kind's defaults.
    private static T OfKind<T>(IReadOnlyList<T> all, T? current, JsonElement element, string key)
        where T : class
    {
        string path = $"{key}.{KindKey}";
        string kind = Text(element, path);
        if (current is not null && ConfigChoice.IsKind(current, kind))
        {
            return current;
        }

        string[] kinds = [.. all.Select(known => CanonicalJson.KindOf(known.GetType())).Distinct(StringComparer.Ordinal)];
        return all.FirstOrDefault(known => ConfigChoice.IsKind(known, kind))
            ?? throw ExperimentFormatException.NoChoice(path, kind, kinds);
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element, string prefix)
    {
        string key = prefix.TrimEnd('.');
        if (element.ValueKind != JsonValueKind.Object)
        {
            string given = ShownText.Of(element.GetRawText());
            throw key.Length == 0
                ? new ExperimentFormatException("", $"The text must be a JSON object and is {given}.")
                : new ExperimentFormatException(key, $"must be an object and is {given}.");
        }

        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                string twice = prefix + member.Name;
                throw new ExperimentFormatException(twice, twice.Length == 0 ? "An empty text is there twice as a key." : "is there twice.");
            }
        }

        return members;
    }

    private static string Text(JsonElement element, string key) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw new ExperimentFormatException(key, $"must be a text and is {ShownText.Of(element.GetRawText())}.");

    private static ExperimentFormatException Missing(string key, string name) => new($"{key}.{name}", "is missing.");

    private static ExperimentFormatException Unknown(string prefix, string name, IEnumerable<string> known) =>
        ExperimentFormatException.Unknown(prefix + name, prefix + NearestName.To(name, known));
}

using System.Text.Json;

namespace Grokking.Cli;

/// <summary>An experiment laid out flat: it can then be told from another field by field, one of a record that this tool was not built with too.</summary>
internal static class ExperimentFields
{
    /// <summary>Each value of the experiment by its path, e.g. "optimizer.weightDecay": strings, numbers, truth values, nulls and lists.</summary>
    /// <param name="json">Its canonical JSON.</param>
    /// <exception cref="JsonException">The text is no JSON, or holds half of a surrogate pair.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Of(string json)
    {
        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        try
        {
            Add(document.RootElement.Clone(), "");
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The experiment holds a text that is no Unicode.", exception);
        }

        return fields;

        void Add(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    Add(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                }
            }
            else
            {
                // Read once, so that a text that cannot be read is found here.
                _ = Text(value);
                fields[path] = value;
            }
        }
    }

    /// <summary>A value as text: a string without its quotes, anything else as JSON.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

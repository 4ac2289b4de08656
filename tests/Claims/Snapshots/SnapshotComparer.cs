using System.Text.Json;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Whether two snapshots are the same text, and where they differ if not. Both hosts use it.</summary>
internal static class SnapshotComparer
{
    private const int LongestValue = 100;

    /// <summary>
    /// Equal texts are equal; nothing else is. Only what an editor or git may do to a file is forgiven: a byte order mark, CRLF, the end of
    /// the last line.
    /// </summary>
    public static bool AreEqual(string received, string verified) => string.Equals(Normalize(received), Normalize(verified), StringComparison.Ordinal);

    /// <summary>Lines "path: approved → received" in the order of the paths; never empty for texts that are not equal.</summary>
    public static IReadOnlyList<string> Differences(string received, string verified)
    {
        if (!TryFlatten(verified, out SortedDictionary<string, string> approved))
        {
            return ["The approved file is not JSON."];
        }

        TryFlatten(received, out SortedDictionary<string, string> actual);
        List<string> lines = [];
        foreach (string path in approved.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string was = approved.GetValueOrDefault(path, "(nothing)");
            string now = actual.GetValueOrDefault(path, "(nothing)");
            if (!string.Equals(was, now, StringComparison.Ordinal))
            {
                lines.Add($"{path}: {Shorten(was)} → {Shorten(now)}");
            }
        }

        return lines.Count > 0 ? lines : ["The same values in another layout or order."];
    }

    private static string Normalize(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');

    private static bool TryFlatten(string json, out SortedDictionary<string, string> values)
    {
        values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(Normalize(json));
            Flatten(document.RootElement, "", values);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Flatten(JsonElement element, string path, SortedDictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", values);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Flatten(item, $"{path}[{index++}]", values);
                }

                break;
            default:
                values[path] = element.GetRawText();
                break;
        }
    }

    private static string Shorten(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}

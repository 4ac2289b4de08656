using System.Text.Json;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Whether two snapshots are the same, and where they differ if not. Both hosts use it.</summary>
internal static class SnapshotComparer
{
    private const int LongestValue = 100;

    /// <summary>
    /// Without tolerances equal texts are equal and nothing else is: only what an editor or git may do to a file is forgiven, a byte order mark, CRLF, the
    /// end of the last line. With them every value has to be within them.
    /// </summary>
    public static bool AreEqual(string received, string verified, SnapshotTolerances? tolerances = null) =>
        string.Equals(Normalize(received), Normalize(verified), StringComparison.Ordinal)
        || (tolerances is not null && Differences(received, verified, tolerances).Count == 0);

    /// <summary>
    /// Lines "path: approved → received" in the order of the paths, without those that the tolerances forgive; without tolerances never empty for texts
    /// that are not equal.
    /// </summary>
    public static IReadOnlyList<string> Differences(string received, string verified, SnapshotTolerances? tolerances = null)
    {
        if (!TryFlatten(verified, out SortedDictionary<string, string> approved))
        {
            return ["The approved file is not JSON."];
        }

        TryFlatten(received, out SortedDictionary<string, string> actual);
        List<string> lines = [];
        foreach (string path in approved.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            (string? was, string? now) = (approved.GetValueOrDefault(path), actual.GetValueOrDefault(path));
            if (!string.Equals(was, now, StringComparison.Ordinal) && tolerances?.Forgive(path, was, now) != true)
            {
                lines.Add($"{path}: {Shorten(was ?? "(nothing)")} → {Shorten(now ?? "(nothing)")}");
            }
        }

        return lines.Count > 0 || tolerances is not null ? lines : ["The same values in another layout or order."];
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

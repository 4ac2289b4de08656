using System.Globalization;
using System.Text.Json;
using Grokking.Reporting;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Reports;

/// <summary>The README's table of claims, made from the approved snapshots so that no number is typed twice.</summary>
internal static class ReadmeTable
{
    public const string Begin = "<!-- claims: generated from tests/Claims/approved, do not edit -->";

    public const string End = "<!-- /claims -->";

    private const string QuickEnding = "_quick" + SnapshotName.VerifiedEnding;

    /// <summary>The README with the table between its two markers replaced.</summary>
    /// <exception cref="InvalidDataException">A marker is missing.</exception>
    public static string Insert(string readme, string table)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"README.md needs the lines \"{Begin}\" and, after it, \"{End}\".");
        }

        return readme[..begin] + Begin + "\n\n" + table + "\n" + readme[end..];
    }

    /// <summary>The table of the quick tier's approved snapshots in a folder, with links from the repository's root.</summary>
    public static string From(string folder)
    {
        var table = new Table("Claim", "Source", "Verdict", "Measured", "Runs", "Approved run");
        foreach (string path in Directory.EnumerateFiles(folder, "*" + QuickEnding).Order(StringComparer.Ordinal))
        {
            using JsonDocument snapshot = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = snapshot.RootElement;
            JsonElement verdict = root.GetProperty("verdict");
            table.Add(
                root.GetProperty("statement").GetString()!,
                root.GetProperty("source").GetString()!,
                Verdict(verdict.GetProperty("holds").GetBoolean(), root.TryGetProperty("reportedOnly", out JsonElement reason) ? reason.GetString() : null),
                verdict.GetProperty("effect").GetString()!,
                root.GetProperty("runs").GetArrayLength().ToString(CultureInfo.InvariantCulture),
                new Cell(root.GetProperty("claim").GetString()!, "tests/Claims/approved/" + Uri.EscapeDataString(Path.GetFileName(path))));
        }

        return table.ToMarkdown();
    }

    private static string Verdict(bool holds, string? reportedOnly) => reportedOnly is null
        ? holds ? "holds" : "DOES NOT HOLD"
        : $"{(holds ? "holds" : "does not hold")}; reported, not gating: {reportedOnly}";
}

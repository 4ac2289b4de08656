using System.Globalization;
using System.Text.Json;
using Grokking.Claims;
using Grokking.Reporting;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Reports;

/// <summary>The README's table of claims, made from the approved snapshots and the calibrations so that no number is typed twice.</summary>
internal static class ReadmeTable
{
    public const string Begin = "<!-- claims: generated from tests/Claims/approved and calibration/results, do not edit -->";

    public const string End = "<!-- /claims -->";

    public const string HowToRead =
        "Where *Measured* has an n it is the least and the greatest of n runs, and where it has 95 % that is an interval "
        + "([docs/method.md](docs/method.md#how-sure-a-figure-is)). *Fails on fresh seeds* counts the draws of its seeds from the sets of a calibration, which no test trains, that the claim fails on: its false alarms "
        + "([docs/method.md](docs/method.md#where-the-bounds-come-from)); most bounds were chosen in sight of the same sets, so 0 means rare and not never.";

    private const string ReportedOnly = "reportedOnly";

    private const string PaperHeading = "Of those that have been tried to the end at the papers' own sizes and budgets (`GROKKING_TIER=paper`):";

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

    /// <summary>
    /// A folder's approved snapshots as a table of claims, in the catalogue's order, and one of the numbers that their papers give: first those of the
    /// quick tier with their false alarms, then those of the paper tier, if any. Links are from the repository's root.
    /// </summary>
    /// <param name="folder">Of the snapshots.</param>
    /// <param name="calibrations">The folder of what the quick tier's calibrations printed.</param>
    /// <exception cref="InvalidDataException">A calibration cannot be read.</exception>
    public static string From(string folder, string calibrations)
    {
        (string File, JsonElement Snapshot)[] claims = [.. Snapshots(folder, Tier.Quick)];
        string quick = $"{Count([.. claims.Select(claim => claim.Snapshot)])}\n\n{HowToRead}\n\n{Tables(claims, Alarms(calibrations))}";
        (string File, JsonElement Snapshot)[] paper = [.. Snapshots(folder, Tier.Paper)];
        return paper.Length == 0 ? quick : $"{quick}\n{PaperHeading}\n\n{Tables(paper, alarms: null)}";
    }

    /// <summary>The false alarms of all claims, by the claim's name.</summary>
    /// <param name="calibrations">The folder of what the quick tier's calibrations printed.</param>
    /// <exception cref="InvalidDataException">A calibration cannot be read.</exception>
    public static IReadOnlyDictionary<string, FalseAlarms> Alarms(string calibrations) => FalseAlarms.Read(
        Directory.EnumerateFiles(calibrations, "*.txt").Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path))));

    private static string Count(IReadOnlyCollection<JsonElement> snapshots)
    {
        int holding = snapshots.Count(snapshot => snapshot.GetProperty("verdict").GetProperty("holds").GetBoolean());
        int reported = snapshots.Count(snapshot => snapshot.TryGetProperty(ReportedOnly, out _));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"**{snapshots.Count} claims: {holding} hold, {snapshots.Count - holding} do not.** Reported without gating, each with its reason: {reported}.");
    }

    // Without false alarms there is no column of them.
    private static string Tables(IEnumerable<(string File, JsonElement Snapshot)> snapshots, IReadOnlyDictionary<string, FalseAlarms>? alarms)
    {
        var claims = new Table(["Claim", "Source", "Verdict", "Measured", "Runs", .. alarms is null ? Array.Empty<string>() : ["Fails on fresh seeds"], "Approved run"]);
        var published = new Table("Claim", "Quantity", "Published", "Where", "Ours");
        foreach ((string file, JsonElement snapshot) in snapshots)
        {
            JsonElement verdict = snapshot.GetProperty("verdict");
            string name = snapshot.GetProperty("claim").GetString()!;
            claims.Add(
            [
                snapshot.GetProperty("statement").GetString()!,
                snapshot.GetProperty("source").GetString()!,
                Verdict(verdict.GetProperty("holds").GetBoolean(), snapshot.TryGetProperty(ReportedOnly, out JsonElement reason) ? reason.GetString() : null),
                verdict.GetProperty("effect").GetString()!,
                snapshot.GetProperty("runs").GetArrayLength().ToString(CultureInfo.InvariantCulture),
                .. alarms is null ? Array.Empty<Cell>() : [alarms.GetValueOrDefault(name)?.InWords ?? "—"],
                new Cell(name, "tests/Claims/approved/" + Uri.EscapeDataString(file)),
            ]);
            foreach (JsonElement figure in snapshot.GetProperty("published").EnumerateArray())
            {
                published.Add(
                    name,
                    figure.GetProperty("what").GetString()!,
                    figure.GetProperty("published").GetString()!,
                    figure.GetProperty("source").GetString()!,
                    figure.GetProperty("ours").GetString()!);
            }
        }

        return $"{claims.ToMarkdown()}\n<details>\n<summary>Published numbers, and ours</summary>\n\n{published.ToMarkdown()}\n</details>\n";
    }

    private static IEnumerable<(string File, JsonElement Snapshot)> Snapshots(string folder, Tier tier)
    {
        List<string> order = [.. ClaimCatalogue.All.Select(claim => claim.Name)];
        return
            from path in Directory.EnumerateFiles(folder, $"*_{TierVariable.NameOf(tier)}{SnapshotName.VerifiedEnding}").Order(StringComparer.Ordinal)
            let snapshot = JsonElement.Parse(File.ReadAllText(path))
            orderby order.IndexOf(snapshot.GetProperty("claim").GetString()!)
            select (Path.GetFileName(path), snapshot);
    }

    private static string Verdict(bool holds, string? reportedOnly) => reportedOnly is null
        ? holds ? "holds" : "DOES NOT HOLD"
        : $"{(holds ? "holds" : "does not hold")}; reported, not gating: {reportedOnly}";
}

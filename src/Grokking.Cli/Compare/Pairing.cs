using System.Globalization;
using Grokking.Cli.Output;

namespace Grokking.Cli.Compare;

/// <summary>A run of each side that have all in common but what the sides differ in.</summary>
/// <param name="Baseline">Of side A.</param>
/// <param name="Candidate">Of side B.</param>
internal sealed record RunPair(ComparedRun Baseline, ComparedRun Candidate);

/// <summary>A field in which the sides differ.</summary>
/// <param name="Path">Of the experiment, or "engine".</param>
/// <param name="Baseline">Its values on side A.</param>
/// <param name="Candidate">Its values on side B.</param>
internal sealed record SideDifference(string Path, IReadOnlyList<string> Baseline, IReadOnlyList<string> Candidate);

/// <summary>
/// Pairs by seed and split. A field of which no value is on both sides is what the sides differ in; in all other fields the runs of a pair are
/// equal. The seed is always one of those: it decides which equations train.
/// </summary>
/// <param name="Pairs">In the order of their varying fields and seeds.</param>
/// <param name="Differences">What the sides differ in.</param>
/// <param name="Varying">The fields, besides the seed, in which one pair differs from another.</param>
/// <param name="WithoutPartner">How many runs of A and of B are in no pair.</param>
internal sealed record Pairing(
    IReadOnlyList<RunPair> Pairs,
    IReadOnlyList<SideDifference> Differences,
    IReadOnlyList<string> Varying,
    (int Baseline, int Candidate) WithoutPartner)
{
    /// <summary>Pairs the runs of two sides.</summary>
    /// <exception cref="CommandFailedException">There is no pair, or a run has several partners.</exception>
    public static Pairing Of(IReadOnlyList<ComparedRun> baseline, IReadOnlyList<ComparedRun> candidate)
    {
        string[] paths = [.. baseline.Concat(candidate).SelectMany(run => run.Fields.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        List<SideDifference> differences = [];
        List<string> common = [];
        foreach (string path in paths)
        {
            string[] a = Values(baseline, run => run.ValueOf(path)), b = Values(candidate, run => run.ValueOf(path));
            if (string.Equals(path, ComparedRun.Seed, StringComparison.Ordinal) || a.Intersect(b, StringComparer.Ordinal).Any())
            {
                common.Add(path);
            }
            else
            {
                differences.Add(new SideDifference(path, a, b));
            }
        }

        string[] engineA = Values(baseline, run => run.Engine), engineB = Values(candidate, run => run.Engine);
        if (!engineA.SequenceEqual(engineB, StringComparer.Ordinal))
        {
            differences.Add(new SideDifference("engine", engineA, engineB));
        }

        Dictionary<string, ComparedRun> partners = ByKey("B", candidate, common);
        List<RunPair> pairs = [];
        foreach ((string key, ComparedRun run) in ByKey("A", baseline, common))
        {
            if (partners.TryGetValue(key, out ComparedRun? partner))
            {
                pairs.Add(new RunPair(run, partner));
            }
        }

        if (pairs.Count == 0)
        {
            throw new CommandFailedException(ExitCode.NothingMatched, WhyNone(baseline, candidate, common));
        }

        string[] varying =
        [
            .. common.Where(path => !string.Equals(path, ComparedRun.Seed, StringComparison.Ordinal))
                .Where(path => pairs.Select(pair => pair.Baseline.ValueOf(path)).Distinct(StringComparer.Ordinal).Skip(1).Any()),
        ];
        return new Pairing(
            [.. pairs.Order(Comparer<RunPair>.Create((one, other) => CompareBy([.. varying, ComparedRun.Seed], one, other)))],
            differences,
            varying,
            (baseline.Count - pairs.Count, candidate.Count - pairs.Count));
    }

    private static string[] Values(IReadOnlyList<ComparedRun> runs, Func<ComparedRun, string> value) =>
        [.. runs.Select(value).Distinct(StringComparer.Ordinal).Order(Comparer<string>.Create(CompareValues))];

    private static Dictionary<string, ComparedRun> ByKey(string side, IReadOnlyList<ComparedRun> runs, IReadOnlyList<string> common)
    {
        var byKey = new Dictionary<string, ComparedRun>(StringComparer.Ordinal);
        foreach (ComparedRun run in runs)
        {
            string key = string.Join('\n', common.Select(run.ValueOf));
            if (!byKey.TryAdd(key, run))
            {
                throw new CommandFailedException(ExitCode.BadInput, WhySeveral(side, byKey[key], run));
            }
        }

        return byKey;
    }

    private static string WhySeveral(string side, ComparedRun one, ComparedRun other)
    {
        string[] between = [.. one.Fields.Keys.Union(other.Fields.Keys, StringComparer.Ordinal).Where(path => !string.Equals(one.ValueOf(path), other.ValueOf(path), StringComparison.Ordinal))];
        if (between.Length == 0 && string.Equals(one.Engine, other.Engine, StringComparison.Ordinal))
        {
            return $"Side {side} has several runs for one pair; they differ in the code they were built from. Train them with this code, or keep each code's runs in a store of its own (--store).";
        }

        string which = between.Length > 0 ? string.Join(", ", between.Select(path => $"{path} ({one.ValueOf(path)} and {other.ValueOf(path)})"))
            : $"engine ({one.Engine} and {other.Engine})";
        return $"Side {side} has several runs for one pair; they differ in {which}. Choose one of them with a filter.";
    }

    private static string WhyNone(IReadOnlyList<ComparedRun> baseline, IReadOnlyList<ComparedRun> candidate, List<string> common)
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"{baseline.Count} runs of A and {candidate.Count} of B");
        return Values(baseline, run => run.ValueOf(ComparedRun.Seed)).Intersect(Values(candidate, run => run.ValueOf(ComparedRun.Seed)), StringComparer.Ordinal).Any()
            ? $"No pair among {counts}: no two of them agree in all of {string.Join(", ", common.Where(path => Values([.. baseline, .. candidate], run => run.ValueOf(path)).Length > 1))}."
            : $"No pair among {counts}: no seed is on both sides.";
    }

    private static int CompareBy(IReadOnlyList<string> paths, RunPair one, RunPair other) =>
        paths.Select(path => CompareValues(one.Baseline.ValueOf(path), other.Baseline.ValueOf(path))).FirstOrDefault(order => order != 0);

    // Numbers by their size, all else by their letters.
    private static int CompareValues(string one, string other) =>
        double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out double x)
        && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out double y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(one, other);
}

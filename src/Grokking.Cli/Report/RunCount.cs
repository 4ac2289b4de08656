using System.Globalization;
using Grokking.Training;

namespace Grokking.Cli.Report;

/// <summary>How many runs a claim rests on, in words.</summary>
internal static class RunCount
{
    /// <summary>E.g. "44", or "3 of 44" where runs are missing.</summary>
    public static string Of(ReportedClaim claim)
    {
        if (claim.Run is { } run)
        {
            return Text(run.Runs);
        }

        int wanted = claim.WantedRuns;
        return $"{Text(wanted - claim.Missing.Count)} of {Text(wanted)}";
    }

    /// <summary>E.g. "0–4", or "0, 2, 7"; a dash where nothing was judged.</summary>
    public static string Seeds(ReportedClaim claim)
    {
        if (claim.Run?.Seeds is not { Count: > 0 } seeds)
        {
            return "—";
        }

        bool contiguous = seeds.Count > 2 && seeds[^1] - seeds[0] == (ulong)(seeds.Count - 1);
        return contiguous
            ? string.Create(CultureInfo.InvariantCulture, $"{seeds[0]}–{seeds[^1]}")
            : string.Join(", ", seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether nothing was trained for the claim's verdict.</summary>
    public static bool AllCached(ReportedClaim claim) => claim.Run is { } run && Count(claim, RunOrigin.Cached) == run.Runs;

    /// <summary>E.g. "44 runs in 10 groups, 12 of them cached".</summary>
    public static string Origins(ReportedClaim claim)
    {
        if (claim.Run is not { } run)
        {
            return "";
        }

        int cached = Count(claim, RunOrigin.Cached), resumed = Count(claim, RunOrigin.Resumed);
        string text = string.Create(CultureInfo.InvariantCulture, $"{run.Runs} {(run.Runs == 1 ? "run" : "runs")} in {run.Groups.Count} {(run.Groups.Count == 1 ? "group" : "groups")}");
        text += resumed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {resumed} resumed");
        return cached == 0 ? text
            : cached == run.Runs ? text + " (cached)"
            : string.Create(CultureInfo.InvariantCulture, $"{text}, {cached} of them (cached)");
    }

    private static int Count(ReportedClaim claim, RunOrigin origin) =>
        claim.Run?.Groups.SelectMany(group => group.Origins).Count(each => each == origin) ?? 0;

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

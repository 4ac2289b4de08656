using System.Text.RegularExpressions;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>A snapshot that is not the approved one, or has none.</summary>
/// <param name="Approved">Whether there is an approved snapshot at all.</param>
/// <param name="Differences">One line for each value that differs, beginning with its path; empty where nothing is approved.</param>
/// <param name="ReceivedPath">The file to look at.</param>
/// <param name="VerifiedPath">The file it becomes when approved.</param>
internal sealed partial record SnapshotMismatch(bool Approved, IReadOnlyList<string> Differences, string ReceivedPath, string VerifiedPath)
{
    /// <summary>
    /// What moved, in a few words. Other experiments give other numbers, and other numbers another verdict, so each is only to blame when nothing before
    /// it is: a verdict that moved while every run stayed where it was, bit for bit or within tolerances, is read by other bounds or another analysis.
    /// </summary>
    public string Cause =>
        !Approved ? "NOT APPROVED YET" :
        Differences.Any(line => WhatIsTrained().IsMatch(line)) ? "WHAT IS TRAINED CHANGED" :
        Differences.Any(line => WhatIsMeasured().IsMatch(line)) ? "THE NUMERICS MOVED" :
        Differences.Any(line => WhatIsJudged().IsMatch(line)) ? "THE JUDGEMENT CHANGED" :
        "THE WORDING CHANGED";

    [GeneratedRegex(@"^(baseline\b|tier:|runs\[\d+\]\.with\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatIsTrained();

    [GeneratedRegex(@"^(engine:|tolerances\b|runs\[\d+\](?!\.weights\b))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatIsMeasured();

    [GeneratedRegex(@"^(verdict\b|published\b.*\.ours:|runs\[\d+\]\.weights\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatIsJudged();
}

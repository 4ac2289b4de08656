using System.Text.RegularExpressions;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>A snapshot that is not the approved one, or has none.</summary>
/// <param name="Approved">Whether there is an approved snapshot at all.</param>
/// <param name="Differences">One line for each value that differs, beginning with its path; empty where nothing is approved.</param>
/// <param name="ReceivedPath">The file to look at.</param>
/// <param name="VerifiedPath">The file it becomes when approved.</param>
internal sealed partial record SnapshotMismatch(bool Approved, IReadOnlyList<string> Differences, string ReceivedPath, string VerifiedPath)
{
    /// <summary>What moved, in a few words. Other experiments give other numbers, so numbers are only to blame when nothing else is.</summary>
    public string Cause =>
        !Approved ? "NOT APPROVED YET" :
        Differences.Any(line => WhatIsTrained().IsMatch(line)) ? "WHAT IS TRAINED CHANGED" :
        Differences.Any(line => WhatIsMeasured().IsMatch(line)) ? "THE NUMERICS MOVED" :
        "THE WORDING CHANGED";

    [GeneratedRegex(@"^(baseline\b|tier:|runs\[\d+\]\.with\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatIsTrained();

    [GeneratedRegex(@"^(engine:|tolerances\b|verdict\b|runs\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatIsMeasured();
}

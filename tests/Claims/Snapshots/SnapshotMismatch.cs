namespace Grokking.Tests.Claims.Snapshots;

/// <summary>A snapshot that is not the approved one, or has none.</summary>
/// <param name="Approved">Whether there is an approved snapshot at all.</param>
/// <param name="Differences">One line for each value that differs, beginning with its path; empty where nothing is approved.</param>
/// <param name="ReceivedPath">The file to look at.</param>
/// <param name="VerifiedPath">The file it becomes when approved.</param>
internal sealed record SnapshotMismatch(bool Approved, IReadOnlyList<string> Differences, string ReceivedPath, string VerifiedPath)
{
    /// <summary>In two words, for a table.</summary>
    public string Note => Approved ? "NUMERICS MOVED" : "NOT APPROVED";
}

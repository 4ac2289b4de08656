using System.Text;
using Grokking.Claims;
using Grokking.Store;
using Grokking.Training;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims;

/// <summary>Why a claim's test failed, in words that say whether the science or the numerics moved.</summary>
internal static class ClaimFailure
{
    private const int MostDifferences = 12;

    /// <summary>The message for the test; null when nothing failed.</summary>
    /// <param name="run">The claim, judged.</param>
    /// <param name="mismatch">How the snapshot differs from the approved one; null for not at all.</param>
    public static string? Describe(ClaimRun run, SnapshotMismatch? mismatch)
    {
        (Claim claim, Verdict verdict) = (run.Claim, run.Verdict);
        if (run.Passes && mismatch is null)
        {
            return null;
        }

        int cachedRuns = run.Groups.SelectMany(group => group.Origins).Count(origin => origin == RunOrigin.Cached);
        string Holds(string adverb) => claim.ReportedOnly is null ? $"{adverb}holds" : "is only reported";
        var text = new StringBuilder();
        if (!run.Passes)
        {
            text.Append("THE SCIENCE MOVED: ").Append(claim.Name).Append(" does not hold (").Append(verdict.Effect).AppendLine(").");
            text.Append("  \"").Append(claim.Statement).Append("\" — ").AppendLine(claim.Source);
            foreach (Finding finding in verdict.Evidence)
            {
                text.Append(finding.Holds ? "  held    " : "  FAILED  ").Append(finding.Statement).Append(": ").AppendLine(finding.Measured);
            }
        }

        if (mismatch is { Approved: false })
        {
            text.Append(run.Passes ? $"{mismatch.Cause}: the claim {Holds("")} ({verdict.Effect}), and " : "Besides, ")
                .AppendLine("there is no approved snapshot to hold it to.");
        }
        else if (mismatch is not null)
        {
            text.AppendLine(run.Passes
                ? $"{mismatch.Cause}: the claim {Holds("still ")} ({verdict.Effect}), but this is not the approved run."
                : "It is not the approved run either.");
            foreach (string line in mismatch.Differences.Take(MostDifferences))
            {
                text.Append("  ").AppendLine(line);
            }

            if (mismatch.Differences.Count > MostDifferences)
            {
                text.Append("  … and ").Append(mismatch.Differences.Count - MostDifferences).AppendLine(" more");
            }
        }

        if (cachedRuns > 0)
        {
            text.Append("(cached) Read from the store and not trained for this verdict: ").Append(cachedRuns).Append(cachedRuns == 1 ? " run. " : " runs. ")
                .Append(StoreLocation.FreshVariable).AppendLine("=1 trains them anew.");
        }

        if (mismatch is not null)
        {
            text.Append("Received: ").AppendLine(mismatch.ReceivedPath);
            text.AppendLine("To approve, read it, then:")
                .Append("  mv ").Append(RepositoryPaths.FromRoot(mismatch.ReceivedPath)).Append(' ').AppendLine(RepositoryPaths.FromRoot(mismatch.VerifiedPath))
                .Append("  git add ").Append(RepositoryPaths.FromRoot(mismatch.VerifiedPath)).AppendLine("   # and commit");
        }

        return text.ToString().TrimEnd();
    }
}

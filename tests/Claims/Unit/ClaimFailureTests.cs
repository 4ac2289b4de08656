using Grokking.Claims;
using Grokking.Curves;
using Grokking.Tests.Claims.Snapshots;
using Grokking.Training;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class ClaimFailureTests
{
    private static readonly LearningCurve[] s_curves = [TypedInClaim.Curve(1), TypedInClaim.Curve(0.995)];
    private static readonly Verdict s_holds = new(true, "3× later", [new Finding("delay ≥ 2", "3", true)]);
    private static readonly Verdict s_fails = new(false, "1× later", [new Finding("delay ≥ 2", "1", false), new Finding("train ≥ 0.99", "1", true)]);

    [Fact]
    public void A_claim_that_holds_as_approved_is_no_failure() => Assert.Null(Describe(s_holds, null));

    [Fact]
    public void The_science_moved_when_the_judge_says_no()
    {
        string text = Describe(s_fails, null)!;

        Assert.StartsWith("THE SCIENCE MOVED: typed-in does not hold (1× later).", text, StringComparison.Ordinal);
        Assert.Contains("FAILED  delay ≥ 2: 1", text, StringComparison.Ordinal);
        Assert.Contains("held    train ≥ 0.99: 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NUMERICS", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numerics_moved_when_only_the_snapshot_differs()
    {
        string text = Describe(s_holds, Mismatch(approved: true, "runs[0].curveSha256: 1 → 2"))!;

        Assert.StartsWith("THE NUMERICS MOVED: the claim still holds (3× later)", text, StringComparison.Ordinal);
        Assert.Contains("runs[0].curveSha256: 1 → 2", text, StringComparison.Ordinal);
        Assert.Contains("mv tests/Claims/approved/A.received.json tests/Claims/approved/A.verified.json", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SCIENCE", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("engine: 1 → 2", "THE NUMERICS MOVED")]
    [InlineData("runs[0].curveSha256: 1 → 2", "THE NUMERICS MOVED")]
    [InlineData("verdict.effect: 1 → 2", "THE JUDGEMENT CHANGED")]
    [InlineData("published[0].ours: 1 → 2", "THE JUDGEMENT CHANGED")]
    [InlineData("runs[3].weights.adjacency: 1 → 2", "THE JUDGEMENT CHANGED")]
    [InlineData("runs[3]: 1 → 2", "THE NUMERICS MOVED")]
    [InlineData("published[0].source: 1 → 2", "THE WORDING CHANGED")]
    [InlineData("baseline.steps: 1 → 2", "WHAT IS TRAINED CHANGED")]
    [InlineData("runs[12].with.trainFraction: 1 → 2", "WHAT IS TRAINED CHANGED")]
    [InlineData("statement: 1 → 2", "THE WORDING CHANGED")]
    public void The_first_words_name_what_moved(string difference, string words) =>
        Assert.StartsWith(words + ":", Describe(s_holds, Mismatch(approved: true, difference)), StringComparison.Ordinal);

    [Fact]
    public void A_long_list_of_differences_is_cut()
    {
        string text = Describe(s_holds, Mismatch(approved: true, [.. Enumerable.Range(0, 40).Select(i => $"runs[{i}]: 1 → 2")]))!;

        Assert.Contains("runs[11]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("runs[12]", text, StringComparison.Ordinal);
        Assert.Contains("… and 28 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_are_told_when_both_moved()
    {
        string text = Describe(s_fails, Mismatch(approved: true))!;

        Assert.StartsWith("THE SCIENCE MOVED", text, StringComparison.Ordinal);
        Assert.Contains("It is not the approved run either.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_run_asks_for_approval() =>
        Assert.StartsWith("NOT APPROVED YET", Describe(s_holds, Mismatch(approved: false)), StringComparison.Ordinal);

    [Fact]
    public void Runs_that_were_read_are_told_of()
    {
        Assert.DoesNotContain("cached", Describe(s_fails, null)!, StringComparison.Ordinal);
        Assert.Contains(
            "(cached) Read from the store and not trained for this verdict: 2 runs. GROKKING_FRESH=1 trains them anew.",
            ClaimFailure.Describe(TypedInClaim.Run(s_curves, verdict: s_fails, origin: RunOrigin.Cached), mismatch: null)!,
            StringComparison.Ordinal);
        Assert.Null(ClaimFailure.Describe(TypedInClaim.Run(s_curves, verdict: s_holds, origin: RunOrigin.Cached), mismatch: null));
    }

    [Fact]
    public void A_claim_that_is_only_reported_fails_by_its_snapshot_alone()
    {
        ClaimRun run = TypedInClaim.Run(s_curves, verdict: s_fails, reportedOnly: "Contested.");

        Assert.Null(ClaimFailure.Describe(run, mismatch: null));
        Assert.StartsWith(
            "THE NUMERICS MOVED: the claim is only reported (1× later)",
            ClaimFailure.Describe(run, Mismatch(approved: true, "runs[0].curveSha256: 1 → 2")),
            StringComparison.Ordinal);
    }

    private static string? Describe(Verdict verdict, SnapshotMismatch? mismatch) =>
        ClaimFailure.Describe(TypedInClaim.Run(s_curves, verdict: verdict), mismatch);

    private static SnapshotMismatch Mismatch(bool approved, params IReadOnlyList<string> differences) => new(
        approved,
        differences,
        Path.Combine(RepositoryPaths.Approved, "A.received.json"),
        Path.Combine(RepositoryPaths.Approved, "A.verified.json"));
}

using Grokking.Claims;
using Grokking.Curves;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Unit;

/// <summary>A snapshot of an engine that does not promise its bits, beside approved ones that are within and outside of the tolerances.</summary>
[Trait("Category", "Unit")]
public sealed class SnapshotTolerancesTests
{
    private static readonly Verdict s_verdict =
        new(true, "9 of 20 runs, 50.0 % to 60.0 %, 3.0× later: never, 14,674", [new Finding("delay ≥ 2", "3.1", true)]);

    private static readonly string s_approved = TextOf(s_verdict, [Curve(1_000), Curve(null)]);

    [Fact]
    public void It_declares_its_tolerances_and_has_no_hash_of_bits()
    {
        Assert.Contains("\"tolerances\": {\n    \"milestoneRatio\": 1.5,", s_approved, StringComparison.Ordinal);
        Assert.DoesNotContain("curveSha256", s_approved, StringComparison.Ordinal);
        Assert.Contains("curveSha256", TextOf(s_verdict, [Curve(1_000), Curve(null)], "cpu-3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_within_them_is_the_approved_one()
    {
        Verdict near = s_verdict with
        {
            Effect = "10 of 20 runs, 42.0 % to 69.9 %, 2.1× later: never, 20,000",
            Evidence = [new Finding("delay ≥ 2", "2.1", true)],
        };

        Assert.Empty(Differences(TextOf(near, [Curve(1_400, 0.92), Curve(null)])));
        Assert.Empty(Differences(TextOf(near, [Curve(1_000, outcome: RunOutcome.BudgetSpent), Curve(7_000)])));
    }

    [Fact]
    public void A_milestone_outside_of_them_is_a_difference()
    {
        Assert.Equal("runs[0].milestones.val99: \"(950, 1000]\" → \"(1950, 2000]\"", Differences(TextOf(s_verdict, [Curve(2_000), Curve(null)]))[^1]);
        Assert.Equal("runs[0].milestones.val99: \"(950, 1000]\" → \"(550, 600]\"", Differences(TextOf(s_verdict, [Curve(600), Curve(null)]))[^1]);
        Assert.Equal("runs[0].milestones.val99: \"(950, 1000]\" → \"(10000, ∞)\"", Differences(TextOf(s_verdict, [Curve(null), Curve(null)]))[^1]);
        Assert.Equal("runs[1].milestones.val99: \"(10000, ∞)\" → \"(1950, 2000]\"", Differences(TextOf(s_verdict, [Curve(1_000), Curve(2_000)]))[^1]);
    }

    [Fact]
    public void A_last_accuracy_outside_of_them_is_a_difference() =>
        Assert.Equal(
            ["runs[0].last.valAccuracy: 1 → 0.89"],
            Differences(TextOf(s_verdict, [Curve(1_000, 0.89), Curve(null)])));

    [Theory]
    [InlineData("12 of 20 runs, 50.0 % to 60.0 %, 3.0× later: never, 14,674")]
    [InlineData("9 of 21 runs, 50.0 % to 60.0 %, 3.0× later: never, 14,674")]
    [InlineData("9 of 20 runs, 39.0 % to 60.0 %, 3.0× later: never, 14,674")]
    [InlineData("9 of 20 runs, 50.0 % to 60.0 %, 5.0× later: never, 14,674")]
    [InlineData("9 of 20 runs, 50.0 % to 60.0 %, 3.0× later: never, 7,337")]
    [InlineData("9 of 20 runs, 50.0 % to 60.0 %, -3.0× later: never, 14,674")]
    [InlineData("9 of 20 runs, 50.0 % to 60.0 %, 3.0× later: 14,674, 14,674")]
    public void Another_effect_is_a_difference(string effect) =>
        Assert.StartsWith("verdict.effect", Assert.Single(Differences(TextOf(s_verdict with { Effect = effect }, [Curve(1_000), Curve(null)]))), StringComparison.Ordinal);

    [Fact]
    public void A_verdict_or_a_finding_that_does_not_hold_is_a_difference() =>
        Assert.Equal(
            ["verdict.evidence[0].holds: true → false", "verdict.holds: true → false"],
            Differences(TextOf(new(false, s_verdict.Effect, [new Finding("delay ≥ 2", "1", false)]), [Curve(1_000), Curve(null)])));

    [Fact]
    public void A_run_that_diverged_is_a_difference() =>
        Assert.Contains(
            "runs[0].outcome: \"Generalized\" → \"Diverged\"", Differences(TextOf(s_verdict, [Curve(1_000, outcome: RunOutcome.Diverged), Curve(null)])), StringComparer.Ordinal);

    [Fact]
    public void Other_tolerances_another_engine_or_another_number_of_runs_are_differences()
    {
        string text = TextOf(s_verdict, [Curve(1_000), Curve(null)]);

        Assert.Equal(["tolerances.share: 0.1 → 0.2"], Differences(text.Replace("\"share\": 0.1", "\"share\": 0.2", StringComparison.Ordinal)));
        Assert.Equal(["engine: \"torch-cuda-1\" → \"torch-cuda-2\""], Differences(TextOf(s_verdict, [Curve(1_000), Curve(null)], "torch-cuda-2")));
        Assert.Contains("runs[1].outcome: \"BudgetSpent\" → (nothing)", Differences(text[..text.IndexOf("    {\n      \"with\": {\n        \"model\"", StringComparison.Ordinal)].TrimEnd().TrimEnd(',') + "]}"), StringComparer.Ordinal);
    }

    [Fact]
    public void On_the_CPU_engine_another_hash_is_a_difference_whatever_else_is_the_same()
    {
        string text = TextOf(s_verdict, [Curve(1_000), Curve(null)], "cpu-3");
        int hash = text.IndexOf("curveSha256", StringComparison.Ordinal) + "curveSha256\": \"".Length;
        string other = text[..hash] + (text[hash] == '0' ? '1' : '0') + text[(hash + 1)..];

        Assert.Null(EngineFamily.Of("cpu-3").Tolerances);
        Assert.False(SnapshotComparer.AreEqual(other, text, EngineFamily.Of("cpu-3").Tolerances));
        Assert.StartsWith("runs[0].curveSha256", Assert.Single(SnapshotComparer.Differences(other, text)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Differences(string received)
    {
        SnapshotTolerances tolerances = EngineFamily.Of("torch-cuda-1").Tolerances!;
        IReadOnlyList<string> lines = SnapshotComparer.Differences(received, s_approved, tolerances);
        Assert.Equal(lines.Count == 0, SnapshotComparer.AreEqual(received, s_approved, tolerances));
        return lines;
    }

    private static string TextOf(Verdict verdict, IReadOnlyList<LearningCurve> curves, string engineId = "torch-cuda-1") =>
        ClaimSnapshot.Of(TypedInClaim.Run(curves, verdict: verdict, engineId: engineId)).ToText();

    // Training is learnt at once, validation at the step, if at all.
    private static LearningCurve Curve(int? learnt, double last = 1, RunOutcome? outcome = null)
    {
        CurvePoint first = new(0, 4.6, 0.01, 4.6, 0.01, null, 10), low = new(0, 0.1, 1, 9, 0.95, null, 9), high = new(0, 0.1, 1, 0.2, 1, null, 9);
        return learnt is { } step
            ? new([first, low with { Step = step - 50 }, high with { Step = step }, high with { Step = step + 100, ValAccuracy = last }], 10_000, outcome ?? RunOutcome.Generalized)
            : new([first, low with { Step = 500 }, low with { Step = 10_000 }], 10_000, outcome ?? RunOutcome.BudgetSpent);
    }
}

using System.Text.Json;
using Grokking.Claims;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tests.Claims.Snapshots;
using Grokking.Training;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class ClaimSnapshotTests
{
    private static readonly LearningCurve[] s_curves = [TypedInClaim.Curve(1), TypedInClaim.Curve(0.995)];

    [Fact]
    public void It_says_what_was_claimed_trained_and_found()
    {
        JsonElement root = JsonDocument.Parse(TextOf(s_curves)).RootElement;

        Assert.Equal(
            "claim statement source deviations tier engine verdict published baseline runs",
            string.Join(' ', root.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("cpu-0", root.GetProperty("engine").GetString());
        Assert.Equal(97, root.GetProperty("baseline").GetProperty("task").GetProperty("modulus").GetInt32());
        JsonElement second = root.GetProperty("runs")[1];
        Assert.Equal("""{"model":{"dModel":64},"seed":1,"trainFraction":0.3}""", JsonSerializer.Serialize(second.GetProperty("with")));
        Assert.Equal("(0, 100]", second.GetProperty("milestones").GetProperty("val99").GetString());
    }

    [Fact]
    public void The_last_bit_of_any_number_of_a_curve_shows()
    {
        string text = TextOf(s_curves);
        CurvePoint first = s_curves[0].Points[0];
        CurvePoint[] changes =
        [
            first with { Step = 1 },
            first with { TrainLoss = Math.BitIncrement(first.TrainLoss) },
            first with { TrainAccuracy = Math.BitIncrement(first.TrainAccuracy) },
            first with { ValLoss = Math.BitIncrement(first.ValLoss) },
            first with { ValAccuracy = Math.BitIncrement(first.ValAccuracy) },
            first with { MirrorFreeValAccuracy = 0 },
            first with { WeightNorm = Math.BitIncrement(first.WeightNorm) },
        ];

        foreach (CurvePoint change in changes)
        {
            LearningCurve changed = s_curves[0] with { Points = [change, s_curves[0].Points[1]] };
            Assert.False(SnapshotComparer.AreEqual(text, TextOf([changed, s_curves[1]])), change.ToString());
        }
    }

    [Fact]
    public void A_run_without_any_point_has_a_snapshot()
    {
        ClaimRunGroup diverged = new(
            [TypedInClaim.Baseline], new TrainedGroup("diverged", [new([], 100, RunOutcome.Diverged)]), [RunOrigin.Trained]);

        Assert.Null(RunSnapshot.Of(TypedInClaim.Baseline, diverged, 0, hasBits: true).Last);
    }

    [Fact]
    public void A_run_that_diverges_at_once_has_a_snapshot()
    {
        CurvePoint broken = s_curves[0].Points[0] with { TrainLoss = double.NaN, ValLoss = double.PositiveInfinity };

        JsonElement run = JsonDocument.Parse(TextOf([new([broken], 100, RunOutcome.Diverged), s_curves[1]])).RootElement.GetProperty("runs")[0];

        Assert.Equal(JsonValueKind.Null, run.GetProperty("last").ValueKind);
        Assert.Equal("diverged", run.GetProperty("outcome").GetString(), ignoreCase: true);
    }

    [Fact]
    public void What_is_read_off_the_weights_is_approved_to_four_digits()
    {
        JsonElement runs = JsonDocument.Parse(TextOf(s_curves)).RootElement.GetProperty("runs");

        Assert.False(runs[0].TryGetProperty("weights", out _));
        Assert.Equal("9", runs[1].GetProperty("weights").GetProperty("norm").GetString());
    }

    [Fact]
    public void A_claim_that_does_not_gate_says_why()
    {
        Assert.False(JsonDocument.Parse(TextOf(s_curves)).RootElement.TryGetProperty("reportedOnly", out _));
        Assert.Equal(
            "Contested.", JsonDocument.Parse(TextOf(s_curves, reportedOnly: "Contested.")).RootElement.GetProperty("reportedOnly").GetString());
    }

    [Fact]
    public void A_tier_of_its_own_size_has_no_deviations()
    {
        JsonElement quick = JsonDocument.Parse(TextOf(s_curves)).RootElement;
        JsonElement paper = JsonDocument.Parse(TextOf(s_curves, Tier.Paper)).RootElement;

        Assert.Equal(1, quick.GetProperty("deviations").GetArrayLength());
        Assert.Equal(0, paper.GetProperty("deviations").GetArrayLength());
    }

    [Fact]
    public void A_record_of_another_kind_is_a_change_as_a_whole()
    {
        Experiment other = TypedInClaim.Baseline with { Optimizer = new Lion() };

        string changes = ExperimentChanges.Between(TypedInClaim.Baseline, other)["optimizer"]!.ToJsonString();

        Assert.Contains("Lion", changes, StringComparison.Ordinal);
        Assert.Contains("learningRate", changes, StringComparison.Ordinal);
    }

    private static string TextOf(IReadOnlyList<LearningCurve> curves, Tier tier = Tier.Quick, string? reportedOnly = null) =>
        ClaimSnapshot.Of(TypedInClaim.Run(curves, tier, reportedOnly: reportedOnly)).ToText();

    private sealed record Lion : OptimizerConfig
    {
        public override void Validate()
        {
        }

        public override Optimizer Start(Models.ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) =>
            throw new NotSupportedException();
    }
}

using Grokking.Claims;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Claims.Unit;

/// <summary>A claim about two runs, with curves typed in.</summary>
internal sealed class TypedInClaim(string? reportedOnly = null) : Claim
{
    public static WeightStatistic Norm { get; } = new("norm", (_, run) => run.Curve.Final.WeightNorm);

    public static Experiment Baseline { get; } = new() { Task = Operations.Add, Steps = 100 };

    public override string Name => "typed-in";

    public override string Statement => "Validation follows training.";

    public override string Source => "Nobody 2026, Figure 0";

    public override IReadOnlyList<string> Deviations => ["Nothing is trained."];

    public override string? ReportedOnly => reportedOnly;

    public override IReadOnlyList<PublishedFigure> Published => [];

    public static LearningCurve Curve(double valAccuracy) =>
        new([new(0, 4.6, 0.01, 4.6, 0.01, null, 10), new(100, 0.1, 1, 0.2, valAccuracy, 0.5, 9)], 100, RunOutcome.BudgetSpent);

    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        new("baseline", [Baseline]),
        new("less data, smaller model", [Baseline with { Seed = 1, TrainFraction = 0.3, Model = (TransformerConfig)Baseline.Model with { DModel = tier == Tier.Quick ? 64 : 128 } }])
        {
            Statistics = [Norm],
        },
    ];

    /// <summary>The claim held against these two curves, or with a verdict of its own.</summary>
    public static ClaimRun Run(
        IReadOnlyList<LearningCurve> curves,
        Tier tier = Tier.Quick,
        Verdict? verdict = null,
        string? reportedOnly = null,
        RunOrigin origin = RunOrigin.Trained,
        string engineId = "cpu-0")
    {
        var run = ClaimRun.Of(
            new TypedInClaim(reportedOnly),
            tier,
            engineId,
            [.. curves.Select(curve => new TrainedRun(curve, new ParameterLayout(), default) { Origin = origin })]);
        return run with { Verdict = verdict ?? run.Verdict };
    }

    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        double last = groups.SelectMany(group => group.Curves).Min(curve => curve.Final.ValAccuracy);
        return new Verdict(last >= 0.99, $"val {last}", [new Finding("val ≥ 0.99", $"{last}", last >= 0.99)]);
    }
}

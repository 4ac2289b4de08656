using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Liu2023;

/// <summary>Liu et al. 2023 ("Omnigrok"), Figure 7a: on modular addition the weight norm rises while a transformer overfits and falls below that of the start when it generalises.</summary>
public sealed class NormRisesThenFalls : Claim
{
    private const int Seeds = 3;
    private const int Modulus = 43;
    private const int Width = 64;
    private const double TrainFraction = 0.5;
    private const double LearningRate = 2e-3;
    private const int Steps = 10_000;
    private const int StepsWithoutDecay = 500;
    private const double LeastRise = 1.2;

    /// <inheritdoc/>
    public override string Name => "norm-rises-then-falls";

    /// <inheritdoc/>
    public override string Statement =>
        "While a transformer overfits modular addition its weight norm rises by a fifth at least, and when it has generalised the norm is below that of the start; without weight decay it only rises.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (\"Omnigrok\"), §4, Figure 7a";

    /// <inheritdoc/>
    public override string ReportedOnly =>
        "a run ends as soon as it generalises, while its norm still falls, and in the calibration some seeds are then above the start; the paper reads it later.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        Figures.Text($"x+y mod {Modulus} on {100 * TrainFraction:0} % of the table, width {Width}, learning rate {LearningRate}, instead of mod 113 on 30 %, width 128, 0.001: the transformer of Nanda et al. 2023 at a size that trains in seconds."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Highest norm over that of the start", "1.42 (61 over 43)", "read off Figure 7a", (_, groups) => Figures.Range(Rises(groups[0]), Ratio)),
        new("Norm after generalisation over that of the start", "0.70 (30 over 43)", "read off Figure 7a", (_, groups) => Figures.Range(Ends(groups[0]), Ratio)),
    ];

    /// <summary>Judges runs with weight decay.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: best validation accuracy", group.BestValAccuracies, CurvePoint.LearntAccuracy, Figures.Percent),
            .. JudgeNorm(group),
        ];
    }

    /// <summary>Judges the norms alone.</summary>
    public static IReadOnlyList<Finding> JudgeNorm(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: highest norm before generalisation over that of the start", Rises(group), LeastRise, Ratio),
            Finding.EveryAtMost($"{group.Name}: norm at the end over that of the start", Ends(group), 1, Ratio),
        ];
    }

    /// <summary>Judges that runs without decay, the control, memorise.</summary>
    public static Finding JudgeMemorizing(TrainedGroup undecayed)
    {
        ArgumentNullException.ThrowIfNull(undecayed);

        // calibration/results/liu2023.csv: all twelve seeds are at 100 %.
        return Finding.EveryAtLeast($"{undecayed.Name}: best training accuracy", undecayed.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment small = Presets.Nanda2023 with
        {
            Task = Operations.Add with { Modulus = Modulus },
            TrainFraction = TrainFraction,
            Model = (TransformerConfig)Presets.Nanda2023.Model with { DModel = Width },
            Optimizer = new AdamW { LearningRate = LearningRate },
            Stopping = StoppingRule.WhenGeneralized,
            Steps = Steps,
        };
        return
        [
            RunGroup.Seeds("one layer without norms, decay 1", small, Seeds),
            RunGroup.Seeds(
                "one layer without norms, no decay", small with { Optimizer = new AdamW { LearningRate = LearningRate, WeightDecay = 0 }, Steps = StepsWithoutDecay }, Seeds),
        ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"the norm rises to {Figures.Range(Rises(groups[0]), Ratio)} of the start and ends at {Figures.Range(Ends(groups[0]), Ratio)}",
        [.. Judge(groups[0]), JudgeMemorizing(groups[1]), Finding.Refuses("no decay", JudgeNorm(groups[1]))]);

    private static double[] Rises(TrainedGroup group) =>
        [.. group.Curves.Select(curve => curve.Points.TakeWhile(point => !point.IsGeneralized).Max(point => point.WeightNorm) / curve.Points[0].WeightNorm)];

    private static double[] Ends(TrainedGroup group) => [.. group.Curves.Select(curve => curve.Final.WeightNorm / curve.Points[0].WeightNorm)];

    private static string Ratio(double ratio) => Figures.Text($"{ratio:0.00}×");
}

using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, Figure 2 left: with much data some generalisation happens even by full batches, without decay, and without noise.</summary>
public sealed class FullBatchesCanGeneralize : Claim
{
    // Half of the equations is the catalogue's bound for "some generalisation"; chance is 1/43.
    private const double LeastValAccuracy = 0.5;
    private const int QuickSteps = 600;
    private const double LittleData = 0.3;

    /// <summary>What generalises without decay at the quick tier.</summary>
    internal static Experiment Generalizing { get; } = ByFullBatches(QuickSmall.Steady(Operations.SumOfSquares, 0.8)) with { Steps = QuickSteps };

    /// <inheritdoc/>
    public override string Name => "full-batches-can-generalize";

    /// <inheritdoc/>
    public override string Statement => "Adam on full batches without decay or noise generalises to some of the rest where it trains on most of a table, though not on any operation's.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.SteadyDeviation,
        "x²+y² instead of the product in S5: x-y does not generalise this way at this size, and with one seed, as its steps take three times as long, serves as a control beside little data.",
        Figures.Text($"Full batches are the whole training set of 1,479 equations at 80 % of the table, for {QuickSteps} steps."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["S5 at 90 % of its table instead of at all fractions; the control, at 30 %, has a tenth of the steps."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Best validation accuracy by full batches",
            "some generalisation at high percentages of data",
            "Figure 2 left",
            (_, groups) => Figures.Percents(groups[0].BestValAccuracies)),
    ];

    /// <summary>Judges runs by full batches.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        Finding plain = Finding.EveryAtLeast($"{group.Name}: best validation accuracy", group.BestValAccuracies, LeastValAccuracy, Figures.Percent);

        // Where the operation is not symmetric there are no mirrors.
        double[] mirrorFree = [.. group.Curves.Select(curve => curve.Final.MirrorFreeValAccuracy).OfType<double>()];
        return mirrorFree.Length < group.Curves.Count
            ? [plain]
            : [plain, Finding.EveryAtLeast($"{group.Name}: at the end, of those whose mirror does not train", mirrorFree, LeastValAccuracy, Figures.Percent)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment control = ByFullBatches(QuickSmall.Steady(Operations.Subtract, 0.95));
        Experiment littleData = Generalizing with { TrainFraction = LittleData };
        Experiment paper = ByFullBatches(Presets.Figure2Left with { TrainFraction = 0.9, Stopping = StoppingRule.WhenGeneralized });
        return tier == Tier.Quick
            ?
            [
                QuickSmall.Group("x²+y² mod 43, Adam, full batch", Generalizing),
                RunGroup.Seeds("small model, x-y mod 43, Adam, full batch", control, 1),
                RunGroup.Seeds(Figures.Text($"small model, x²+y² mod 43, {100 * LittleData:0} % data, Adam, full batch"), littleData, 3),
            ]
            :
            [
                RunGroup.Seeds("x·y in S5, 90 % data, Adam, full batch", paper, 3),
                RunGroup.Seeds("x·y in S5, 30 % data, Adam, full batch", paper with { TrainFraction = 0.3, Steps = 10_000 }, 1),
            ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy {Figures.Percents(groups[0].BestValAccuracies)}",
        [.. Judge(groups[0]), .. groups.Skip(1).Select(control => Finding.Refuses(control.Name, Judge(control)))]);

    private static Experiment ByFullBatches(Experiment baseline) => Interventions.Of(baseline)[Figure2Left.FullBatch].Experiment;
}

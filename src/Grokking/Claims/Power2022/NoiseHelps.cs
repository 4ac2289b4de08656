using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.3: noise in the gradients, as that of small batches, makes Adam without decay generalise better than full batches do.</summary>
public sealed class NoiseHelps : Claim
{
    // Calibration: calibration/results/power2022.csv.
    private const double LeastPoints = 0.1;
    private const string Noises = "Noise on the updates and on the weights is shown and not judged: the paper gives no number for it.";

    /// <inheritdoc/>
    public override string Name => "noise-helps";

    /// <inheritdoc/>
    public override string Statement =>
        "Without weight decay, Adam on small batches generalises further in the same number of updates than Adam on full batches.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.SteadyDeviation,
        Figures.Text($"x-y at 95 % of the table within {QuickSmall.Budget:N0} steps, and batches of 64 instead of 512: a batch of 512 is a quarter of this table."),
        Noises,
        "On x+y at 60 % of the table neither of the two helps, as weight-decay-helps-most shows.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        "S5 at 80 % of its table instead of at all fractions.",
        Noises,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Validation accuracy: full batch, small batches, full batch with update noise, usual batches with weight noise",
            "noise helps",
            "§3.3, Figure 2 left",
            (_, groups) => string.Join("; ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))),
    ];

    /// <summary>Judges a noisy way to train beside full batches.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup noisy, TrainedGroup full)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        ArgumentNullException.ThrowIfNull(full);
        // About one seed of the calibration in thirty does not get going within the budget.
        double lead = noisy.BestValAccuracies.Median() - full.BestValAccuracies.Max();
        return
        [
            new(
                Figures.Text($"{noisy.Name}: median of the best validation accuracy ≥ {100 * LeastPoints:0} points above every seed of {full.Name}"),
                $"{Figures.Points(lead)}: {Figures.Percents(noisy.BestValAccuracies)} against {Figures.Percents(full.BestValAccuracies)}",
                lead >= LeastPoints),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        bool isQuick = tier == Tier.Quick;
        string model = isQuick ? "small model" : "S5";
        IReadOnlyList<Intervention> interventions = Interventions.Of(isQuick
            ? QuickSmall.Steady(Operations.Subtract, 0.95)
            : Presets.Figure2Left with { TrainFraction = 0.8, Stopping = StoppingRule.WhenGeneralized });
        int batchSize = isQuick ? 64 : Presets.Figure2Left.BatchSize;
        return
        [
            Group(Figure2Left.FullBatch, isQuick ? Figure2Left.SeedsByFullBatches : 3),
            RunGroup.Seeds(
                Figures.Text($"{model}, Adam, batches of {batchSize}"),
                interventions[Figure2Left.Adam].Experiment with { BatchSize = batchSize },
                isQuick ? 13 : 3),
            Group(Figure2Left.UpdateNoise, isQuick ? 1 : 3),
            Group(Figure2Left.WeightNoise, 3),
        ];

        RunGroup Group(int place, int seeds) => RunGroup.Seeds($"{model}, {interventions[place].Name}", interventions[place].Experiment, seeds);
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy {Figures.Percents(groups[1].BestValAccuracies)} with small batches, {Figures.Percents(groups[0].BestValAccuracies)} with full ones",
        [
            .. Judge(groups[1], groups[0]),
            Memorization.Judge(groups[0].Name, [groups[0]]),
            Finding.Refuses("full batches in the place of small ones", Judge(groups[0], groups[1])),
        ]);
}

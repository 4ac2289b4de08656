using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.3: the learning rate must be tuned within a window of about one order of magnitude.</summary>
public sealed class LearningRateWindow : Claim
{
    // Calibration: calibration/results/power2022.csv.
    private const double LeastPoints = 0.3;
    private const double LeastOfTuned = 0.9;
    private const int SeedsOfOthers = 3;
    private const int SeedsOfPaper = 3;

    private const string Window = "Ten times either way, which shows a window of less than two orders of magnitude; the paper's is one.";

    /// <inheritdoc/>
    public override string Name => "learning-rate-window";

    /// <inheritdoc/>
    public override string Statement =>
        "Within one budget ten times more and ten times less than a learning rate that generalises are both far behind.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.TunedDeviation,
        "AdamW with decay 1 on x-y at 60 % instead of Adam on the product in S5, whose runs without decay do not generalise at a size that fits minutes.",
        Window,
        "Ten times more does not learn its training equations either.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["Three learning rates at 70 % of S5 instead of all fractions.", Window];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Width of the window",
            "within 1 order of magnitude",
            "§3.3",
            (_, groups) => "99 % validation accuracy at " + string.Join("; ", groups.Select(group => $"{group.Name}: {Figures.Median(group.StepsToLearn(Equations.Val))}"))),
    ];

    /// <summary>Judges one learning rate against others.</summary>
    /// <param name="tuned">The group that has to be ahead.</param>
    /// <param name="others">Each has to be behind.</param>
    public static IReadOnlyList<Finding> Judge(TrainedGroup tuned, IReadOnlyList<TrainedGroup> others)
    {
        ArgumentNullException.ThrowIfNull(tuned);
        ArgumentNullException.ThrowIfNull(others);
        return
        [
            .. others.Select(other => new Finding(
                Figures.Text($"{tuned.Name}: best validation accuracy of every seed ≥ {100 * LeastPoints:0} points above every seed of {other.Name}"),
                Lead(tuned, other),
                tuned.BestValAccuracies.Min() - other.BestValAccuracies.Max() >= LeastPoints)),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier switch
    {
        Tier.Quick => [.. Rates(QuickSmall.Tuned(Operations.Subtract, 0.6), "small model, ", QuickSmall.Seeds, SeedsOfOthers)],
        _ =>
        [
            .. Rates(
                Presets.PaperText with { Task = Operations.Compose, TrainFraction = 0.7, Stopping = StoppingRule.WhenGeneralized, Optimizer = AdamW.Adam },
                "x*y in S5, ",
                SeedsOfPaper,
                SeedsOfPaper),
        ],
    };

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy ahead of a tenth of the learning rate by {Lead(groups[0], groups[1])}, of ten times by {Lead(groups[0], groups[2])}",
        [
            Finding.EveryAtLeast($"{groups[0].Name}: best validation accuracy", groups[0].BestValAccuracies, LeastOfTuned, Figures.Percent),
            .. Judge(groups[0], [.. groups.Skip(1)]),
            Finding.Refuses($"{groups[1].Name} as the tuned one", Judge(groups[1], [groups[0], groups[2]])),
            Finding.Refuses($"{groups[0].Name} beside itself", Judge(groups[0].Halves.Even, [groups[0].Halves.Odd])),
        ]);

    private static string Lead(TrainedGroup tuned, TrainedGroup other) => Figures.Lead(tuned.BestValAccuracies, other.BestValAccuracies);

    private static IEnumerable<RunGroup> Rates(Experiment tuned, string name, int seeds, int seedsOfOthers)
    {
        var optimizer = (AdamW)tuned.Optimizer;
        double rate = optimizer.LearningRate;
        yield return RunGroup.Seeds(Figures.Text($"{name}learning rate {rate:0e+0}"), tuned, seeds);
        foreach (double other in new[] { rate / 10, rate * 10 })
        {
            yield return RunGroup.Seeds(Figures.Text($"{name}learning rate {other:0e+0}"), tuned with { Optimizer = optimizer with { LearningRate = other } }, seedsOfOthers);
        }
    }
}

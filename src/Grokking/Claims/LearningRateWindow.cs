using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>Power et al. 2022, §3.3: the learning rate must be tuned within a window of about one order of magnitude.</summary>
public sealed class LearningRateWindow : Claim
{
    // Calibration: calibration/results/small.csv.
    private const double LeastSlowdown = 1.5;

    /// <inheritdoc/>
    public override string Name => "learning-rate-window";

    /// <inheritdoc/>
    public override string Statement =>
        "Ten times more and ten times less than a learning rate that generalises are both far slower, or never generalise.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "AdamW with decay 1 on x-y at 60 % instead of Adam on the product in S5, whose runs without decay do not generalise at a size that fits minutes.",
        "The small model's best learning rate is 1e-2 instead of 1e-3.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Width of the window",
            "within 1 order of magnitude",
            "§3.3",
            (_, groups) => string.Join("; ", groups.Select(group => $"{group.Name}: {Figures.Median(group.StepsToLearn(Equations.Val))} steps"))),
    ];

    /// <summary>Judges one learning rate against others.</summary>
    /// <param name="tuned">The group that has to generalise.</param>
    /// <param name="others">Each has to be later, or never there.</param>
    public static IReadOnlyList<Finding> Judge(TrainedGroup tuned, IReadOnlyList<TrainedGroup> others)
    {
        ArgumentNullException.ThrowIfNull(tuned);
        ArgumentNullException.ThrowIfNull(others);
        IReadOnlyList<EventTime> best = tuned.StepsToLearn(Equations.Val);
        return
        [
            new(
                $"{tuned.Name}: every seed reaches 99 % validation accuracy within the budget",
                $"{best.Count(time => !time.IsCensored)} of {best.Count}, median {Figures.Median(best)}",
                best.All(time => !time.IsCensored)),
            .. others.Select(other =>
            {
                MedianRatio ratio = MedianRatio.Unpaired(other.StepsToLearn(Equations.Val), best);
                return new Finding(
                    $"{other.Name}: median ≥ {Figures.Times(LeastSlowdown)} later",
                    $"≥ {Figures.Times(ratio.AtLeast)}, best validation accuracy {Figures.Percent(other.BestValAccuracies.Max())}",
                    ratio.AtLeast >= LeastSlowdown);
            }),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier switch
    {
        Tier.Quick => [.. Rates(QuickSmall.Tuned(Operations.Subtract, 0.6), 1e-2, QuickSmall.Group)],
        _ =>
        [
            .. Rates(
                Presets.PaperText with { Operation = Operations.Compose, TrainFraction = 0.7, Stopping = StoppingRule.WhenGeneralized, Optimizer = AdamW.Adam },
                1e-3,
                (name, experiment) => RunGroup.Seeds("x*y in S5, " + name, experiment, 3)),
        ],
    };

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        IReadOnlyList<Finding> evidence = Judge(groups[0], [.. groups.Skip(1)]);
        double least = groups.Skip(1).Min(other =>
            MedianRatio.Unpaired(other.StepsToLearn(Equations.Val), groups[0].StepsToLearn(Equations.Val)).AtLeast);
        return Verdict.Of(
            $"≥ {Figures.Times(least)} slower at 1/10 and at 10 times the learning rate",
            [.. evidence, Finding.Refuses($"{groups[1].Name} as the tuned one", Judge(groups[1], [groups[0], groups[2]]))]);
    }

    private static IEnumerable<RunGroup> Rates(Experiment tuned, double rate, Func<string, Experiment, RunGroup> group)
    {
        var optimizer = (AdamW)tuned.Optimizer;
        yield return group(Figures.Text($"learning rate {rate:0e+0}"), tuned with { Optimizer = optimizer with { LearningRate = rate } });
        foreach (double other in new[] { rate / 10, rate * 10 })
        {
            yield return group(Figures.Text($"learning rate {other:0e+0}"), tuned with { Optimizer = optimizer with { LearningRate = other } });
        }
    }
}

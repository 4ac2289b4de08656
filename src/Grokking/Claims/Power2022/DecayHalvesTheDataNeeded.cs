using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.3: weight decay more than halves the data that is needed compared to most other interventions.</summary>
public sealed class DecayHalvesTheDataNeeded : Claim
{
    // Chance is 1/43. calibration/results/power2022.csv: with weight noise some seeds get there on twice the data, and at three times the learning
    // rate more, so most seeds are judged.
    private const double EnoughAccuracy = 0.85;

    // As the tiers try them.
    private static readonly Fractions s_quick = new(0.45, 0.9);
    private static readonly Fractions s_paper = new(0.35, 0.7);

    private static string Enough { get; } = Figures.Text($"Enough data is a validation accuracy of {100 * EnoughAccuracy:0} %: of every seed with decay; too little is memorised and less than that, by most seeds.");

    /// <inheritdoc/>
    public override string Name => "decay-halves-the-data-needed";

    /// <inheritdoc/>
    public override string Statement =>
        "With weight decay half of the data is enough that, within one budget, is too little for Adam without it and for most other interventions.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.TunedDeviation,
        Figures.Text($"x-y within {QuickSmall.TunedBudget:N0} steps, at {100 * s_quick.WithDecay:0} % of the table with decay and at {100 * s_quick.Without:0} % without, instead of the product in S5 at all fractions."),
        Enough,
        "One seed of x-y by full batches, whose steps take three times as long; the control is x²+y² by full batches at 80 % of its table, at a learning rate of 3e-3.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        Figures.Text($"S5 at {100 * s_paper.WithDecay:0} % of its table with decay and at {100 * s_paper.Without:0} % without, instead of at all fractions."),
        Enough,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Data needed with weight decay over that without",
            "< ½ for most other interventions",
            "§3.3, Figure 2 left",
            (tier, groups) =>
                $"at {Figures.Text($"{At(tier).WithDecay / At(tier).Without:0.0}")} of the data {Figures.Percents(groups[0].BestValAccuracies)} with decay, medians {Medians(WithoutControl(tier, groups).Skip(1))} without"),
    ];

    /// <summary>Judges whether little data is enough with decay.</summary>
    public static Finding JudgeEnough(TrainedGroup decay)
    {
        ArgumentNullException.ThrowIfNull(decay);
        return Finding.EveryAtLeast($"{decay.Name}: best validation accuracy", decay.BestValAccuracies, EnoughAccuracy, Figures.Percent);
    }

    /// <summary>Judges whether much data is too little without: most seeds memorise it and do not generalise.</summary>
    public static Finding JudgeTooLittle(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new(
            $"{group.Name}: best training accuracy ≥ {Figures.Percent(Memorization.LeastTrainAccuracy)} and best validation accuracy < {Figures.Percent(EnoughAccuracy)}, most seeds",
            $"{TooLittle(group)} of {group.Curves.Count}: {Figures.Percents(group.BestAccuracies(Equations.Train))} and {Figures.Percents(group.BestValAccuracies)}",
            IsTooLittle(group));
    }

    /// <summary>Judges whether it is too little for most of several interventions.</summary>
    public static Finding JudgeMost(IReadOnlyList<TrainedGroup> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        int tooLittle = others.Count(IsTooLittle);
        return new(
            $"the same of most of these: {string.Join("; ", others.Select(other => other.Name))}",
            Figures.Text($"{tooLittle} of {others.Count}, medians {Medians(others)}"),
            2 * tooLittle > others.Count);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. Tried(tier).Select((intervention, place) => RunGroup.Seeds(
            Figures.Text($"{(tier == Tier.Quick ? "small model, x-y" : "S5")}, {intervention.Name}, {100 * intervention.Experiment.TrainFraction:0} % data"),
            intervention.Experiment,
            (tier, place, intervention.Experiment.Batches) switch
            {
                (Tier.Quick, 0, _) => QuickSmall.Seeds,
                (Tier.Quick, _, BatchRule.Full) => 1,
                (Tier.Quick, > 1, _) => 2,
                _ => 3,
            })),
        .. tier == Tier.Quick ? [QuickSmall.Group("x²+y² mod 43, Adam, full batch", FullBatchesCanGeneralize.Generalizing)] : Array.Empty<RunGroup>(),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        TrainedGroup decay = groups[0], adam = groups[1];
        TrainedGroup[] others = [.. WithoutControl(tier, groups).Skip(2)];
        return Verdict.Of(
            $"{Figures.Percents(decay.BestValAccuracies)} with decay, {Figures.Percents(adam.BestValAccuracies)} by Adam on twice the data, medians {Medians(others)} by {others.Length} others",
            [
                JudgeEnough(decay),
                JudgeTooLittle(adam),
                JudgeMost(others),
                Memorization.Judge(adam.Name, [adam]),
                Finding.Refuses("Adam on much data in the place of decay on little", [JudgeEnough(adam)]),
                Finding.Refuses("decay on little data in the place of Adam on much", [JudgeTooLittle(decay)]),
                .. groups.Skip(others.Length + 2).Select(easy => Finding.Refuses($"{easy.Name}, which is enough without decay, in the place of Adam on much", [JudgeTooLittle(easy)])),
            ]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return
        [
            new HeatMap(
                "Median of the best validation accuracy (a part of Figure 2 left)",
                "share of the table that trains",
                [Figures.Text($"{100 * At(tier).WithDecay:0} %"), Figures.Text($"{100 * At(tier).Without:0} %")],
                "intervention",
                [.. Tried(tier).Select(intervention => intervention.Name)],
                [
                    .. WithoutControl(tier, groups).Select((group, i) => (IReadOnlyList<HeatCell>)(i == 0
                        ? [HeatCell.Median(group.BestValAccuracies), HeatCell.NotTrained]
                        : [HeatCell.NotTrained, HeatCell.Median(group.BestValAccuracies)])),
                ]),
        ];
    }

    // The control is the last at the quick tier.
    private static IEnumerable<TrainedGroup> WithoutControl(Tier tier, IReadOnlyList<TrainedGroup> groups) => groups.SkipLast(tier == Tier.Quick ? 1 : 0);

    // Decay on little data, and on much data all that does not decay.
    private static IEnumerable<Intervention> Tried(Tier tier)
    {
        Experiment little = tier == Tier.Quick
            ? QuickSmall.Tuned(Operations.Subtract, At(tier).WithDecay)
            : Presets.Figure2Left with { TrainFraction = At(tier).WithDecay, Stopping = StoppingRule.WhenGeneralized };
        return
        [
            Interventions.Of(little)[Figure2Left.ToOrigin],
            .. Interventions.Of(little with { TrainFraction = At(tier).Without }).Skip(Figure2Left.Adam),
        ];
    }

    private static bool IsTooLittle(TrainedGroup group) => 2 * TooLittle(group) > group.Curves.Count;

    private static int TooLittle(TrainedGroup group) => group.BestAccuracies(Equations.Train).Zip(group.BestValAccuracies)
        .Count(best => best.First >= Memorization.LeastTrainAccuracy && best.Second < EnoughAccuracy);

    private static string Medians(IEnumerable<TrainedGroup> groups) =>
        Figures.Between([.. groups.Select(group => group.BestValAccuracies.Median())], Figures.Percent);

    private static Fractions At(Tier tier) => tier == Tier.Quick ? s_quick : s_paper;

    private sealed record Fractions(double WithDecay, double Without);
}

using Grokking.Curves;

namespace Grokking.Claims.Doshi2023;

/// <summary>Doshi et al. 2023, Figure 3a: weight decay moves the boundary of memorisation to smaller training fractions.</summary>
public sealed class DecayLowersTheNeededFraction : Claim
{
    private const double Little = 0.3;
    private const double More = 0.5;
    private const double Decay = 5;
    private const double LeastVal = 0.95;
    private const double MostVal = 0.5;

    // calibration/results/doshi2023.csv: all thirty-five seeds without decay are at 100 %.
    private const double LeastTrain = 0.99;

    /// <inheritdoc/>
    public override string Name => "decay-lowers-the-needed-fraction";

    /// <inheritdoc/>
    public override string Statement => Figures.Text($"An MLP for which {Share(Little)} of the table is too little without weight decay, and half is enough, makes do with {Share(Little)} at decay {Decay}.");

    /// <inheritdoc/>
    public override string Source => "Doshi et al. 2023, Figure 3a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [SmallAddition.Deviation, "Two fractions without wrong labels instead of the whole phase diagram."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            Figures.Text($"Best validation accuracy on {Share(Little)} of the table, decay 0 and {Decay}"),
            "memorisation, generalisation (phase diagram)",
            "Figure 3a",
            (_, groups) => $"{Best(groups[1])}, {Best(groups[0])}"),
    ];

    /// <summary>Judges runs with decay beside runs without, on little and on more data.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup decayed, TrainedGroup undecayed, TrainedGroup undecayedOnMore)
    {
        ArgumentNullException.ThrowIfNull(decayed);
        ArgumentNullException.ThrowIfNull(undecayed);
        ArgumentNullException.ThrowIfNull(undecayedOnMore);
        return
        [
            Finding.EveryAtLeast($"{decayed.Name}: best validation accuracy", decayed.BestValAccuracies, LeastVal, Figures.Percent),
            Finding.EveryAtLeast($"{undecayed.Name}: best training accuracy", undecayed.BestAccuracies(Equations.Train), LeastTrain, Figures.Percent),
            Finding.EveryAtMost($"{undecayed.Name}: best validation accuracy", undecayed.BestValAccuracies, MostVal, Figures.Percent),
            Finding.EveryAtLeast($"{undecayedOnMore.Name}: best validation accuracy", undecayedOnMore.BestValAccuracies, LeastVal, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [SmallAddition.At(Little, Decay), SmallAddition.At(Little, 0), SmallAddition.At(More, 0)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy on {Share(Little)} of the table {Best(groups[0])} with decay, {Best(groups[1])} without",
        [
            .. Judge(groups[0], groups[1], groups[2]),
            Finding.Refuses(Figures.Text($"no decay in the place of decay {Decay}"), Judge(groups[1], groups[0], groups[2])),
        ]);

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new HeatMap(
            "Median of the best validation accuracies (Figure 3a, the cells that are trained)",
            "training fraction",
            [Share(Little), Share(More)],
            "weight decay",
            [Figures.Text($"{Decay}"), "0"],
            [[Cell(groups[0]), HeatCell.NotTrained], [Cell(groups[1]), Cell(groups[2])]]),
    ];

    private static HeatCell Cell(TrainedGroup group) => HeatCell.Median(group.BestValAccuracies);

    private static string Share(double fraction) => Figures.Text($"{100 * fraction:0} %");

    private static string Best(TrainedGroup group) => Figures.Percents(group.BestValAccuracies);
}

using Grokking.Analysis;
using Grokking.Training;

namespace Grokking.Claims.Doshi2023;

/// <summary>
/// Doshi et al. 2023, §4 and Figure 6: where memorisation and generalisation coexist they live in different hidden units, told apart by their Fourier spectra.
/// </summary>
public sealed class PruningSeparates : Claim
{
    // A unit counts as periodic from here on; the ratios of a trained network have two humps, about 0.05 and 0.85.
    private const double PeriodicRatio = 0.5;
    private const double LeastKept = 0.95;
    private const double LeastMemorized = 0.7;
    private const double MostLost = 0.2;

    private static readonly WeightStatistic s_periodicShare = new(
        "periodicShare",
        (experiment, run) =>
        {
            IReadOnlyList<double> ratios = UnitPeriodicity.Ratios(HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span));
            return ratios.Count(ratio => ratio >= PeriodicRatio) / (double)ratios.Count;
        });

    private static readonly WeightStatistic s_valOfPeriodic = Kept("valOfPeriodicUnits", periodic: true, ScoredEquations.Val);
    private static readonly WeightStatistic s_wrongLabelsOfPeriodic = Kept("wrongLabelsOfPeriodicUnits", periodic: true, ScoredEquations.Outliers);
    private static readonly WeightStatistic s_valOfOthers = Kept("valOfOtherUnits", periodic: false, ScoredEquations.Val);
    private static readonly WeightStatistic s_wrongLabelsOfOthers = Kept("wrongLabelsOfOtherUnits", periodic: false, ScoredEquations.Outliers);

    /// <inheritdoc/>
    public override string Name => "pruning-separates-memorization";

    /// <inheritdoc/>
    public override string Statement =>
        "In an MLP that learnt 35 % wrong labels and generalises, the periodic hidden units alone answer unseen equations and forget the wrong labels; all others alone do the opposite.";

    /// <inheritdoc/>
    public override string Source => "Doshi et al. 2023, §4, Figure 6";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        CorruptedAddition.Deviation,
        Figures.Text($"Units are cut at one inverse participation ratio, {PeriodicRatio}, instead of one by one from either end."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Accuracy on the wrong labels without the units of low ratio",
            "falls to chance while the validation accuracy stays",
            "Figure 6",
            (_, groups) => Shares(groups[0], s_wrongLabelsOfPeriodic)),
        new("Validation accuracy without the units of high ratio", "falls to chance while the wrong labels stay", "Figure 6", (_, groups) => Shares(groups[0], s_valOfOthers)),
        new("Share of periodic units", "two humps of the ratio", "Figure 4", (_, groups) => Shares(groups[0], s_periodicShare)),
    ];

    /// <summary>Judges networks by what either kind of units does alone.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: validation accuracy of the periodic units alone", group.Of(s_valOfPeriodic), LeastKept, Figures.Percent),
            Finding.EveryAtMost(
                $"{group.Name}: accuracy of the periodic units alone on the wrong labels", group.Of(s_wrongLabelsOfPeriodic), MostLost, Figures.Percent),
            Finding.EveryAtMost($"{group.Name}: validation accuracy of the other units alone", group.Of(s_valOfOthers), MostLost, Figures.Percent),
            Finding.EveryAtLeast(
                $"{group.Name}: accuracy of the other units alone on the wrong labels", group.Of(s_wrongLabelsOfOthers), LeastMemorized, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. new[] { CorruptedAddition.At(0, 500), CorruptedAddition.At(0, 40) with { Name = "the same after 40 steps" } }.Select(group => group with
        {
            Statistics = [s_periodicShare, s_valOfPeriodic, s_wrongLabelsOfPeriodic, s_valOfOthers, s_wrongLabelsOfOthers],
        }),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"periodic units: {Shares(groups[0], s_valOfPeriodic)} of unseen equations; the others: {Shares(groups[0], s_wrongLabelsOfOthers)} of the wrong labels",
        [.. Judge(groups[0]), Finding.Refuses("networks that have only memorised yet", Judge(groups[1]))]);

    private static WeightStatistic Kept(string name, bool periodic, ScoredEquations equations) => new(
        name,
        (experiment, run) =>
        {
            var units = HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span);
            IReadOnlyList<double> ratios = UnitPeriodicity.Ratios(units);
            float[] pruned = units.Without(Enumerable.Range(0, units.Count).Where(unit => ratios[unit] >= PeriodicRatio != periodic));
            return new LossSurface(experiment).Score(pruned, equations).Accuracy;
        });

    private static string Shares(TrainedGroup group, WeightStatistic statistic) => Figures.Percents(group.Of(statistic));
}

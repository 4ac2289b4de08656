using Grokking.Analysis;
using Grokking.Numerics;
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
            IReadOnlyList<bool> isPeriodic = IsPeriodic(HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span));
            return isPeriodic.Count(periodic => periodic) / (double)isPeriodic.Count;
        });

    private static readonly Parting s_byPeriodicity = new("periodic", "other", (_, isPeriodic) => isPeriodic);

    // As many as are periodic.
    private static readonly Parting s_byChance = new("drawn", "undrawn", (experiment, isPeriodic) =>
    {
        int[] units = [.. Enumerable.Range(0, isPeriodic.Count)];
        new RandomStream(experiment.Seed, "units").Shuffle(units);
        HashSet<int> drawn = [.. units.Take(isPeriodic.Count(periodic => periodic))];
        return [.. Enumerable.Range(0, isPeriodic.Count).Select(drawn.Contains)];
    });

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
            (_, groups) => Shares(groups[0], s_byPeriodicity.WrongLabelsOfOnes)),
        new("Validation accuracy without the units of high ratio", "falls to chance while the wrong labels stay", "Figure 6", (_, groups) => Shares(groups[0], s_byPeriodicity.ValOfOthers)),
        new("Share of periodic units", "two humps of the ratio", "Figure 4", (_, groups) => Shares(groups[0], s_periodicShare)),
    ];

    /// <summary>Judges networks by what either kind of units does alone: the periodic ones and the others.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group) => Judge(group, s_byPeriodicity);

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [CorruptedAddition.At(0, 500) with { Statistics = [s_periodicShare, .. s_byPeriodicity.Statistics, .. s_byChance.Statistics] }];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"periodic units: {Shares(groups[0], s_byPeriodicity.ValOfOnes)} of unseen equations; the others: {Shares(groups[0], s_byPeriodicity.WrongLabelsOfOthers)} of the wrong labels",
        [.. Judge(groups[0]), Finding.Refuses("as many units drawn at random in the place of the periodic ones", Judge(groups[0], s_byChance))]);

    private static IReadOnlyList<Finding> Judge(TrainedGroup group, Parting parting)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: validation accuracy of the {parting.Ones} units alone", group.Of(parting.ValOfOnes), LeastKept, Figures.Percent),
            Finding.EveryAtMost(
                $"{group.Name}: accuracy of the {parting.Ones} units alone on the wrong labels", group.Of(parting.WrongLabelsOfOnes), MostLost, Figures.Percent),
            Finding.EveryAtMost($"{group.Name}: validation accuracy of the {parting.Others} units alone", group.Of(parting.ValOfOthers), MostLost, Figures.Percent),
            Finding.EveryAtLeast(
                $"{group.Name}: accuracy of the {parting.Others} units alone on the wrong labels", group.Of(parting.WrongLabelsOfOthers), LeastMemorized, Figures.Percent),
        ];
    }

    private static IReadOnlyList<bool> IsPeriodic(HiddenUnits units) => [.. UnitPeriodicity.Ratios(units).Select(ratio => ratio >= PeriodicRatio)];

    private static string Shares(TrainedGroup group, WeightStatistic statistic) => Figures.Percents(group.Of(statistic));

    /// <summary>A network's hidden units in two parts, and what each does alone.</summary>
    private sealed class Parting
    {
        private readonly Func<Experiment, IReadOnlyList<bool>, IReadOnlyList<bool>> _isOne;

        /// <summary>Of every network in the same way.</summary>
        /// <param name="ones">What the units of the first part are called.</param>
        /// <param name="others">What those of the second are called.</param>
        /// <param name="isOne">Of every unit whether it is in the first part, from whether it is periodic.</param>
        public Parting(string ones, string others, Func<Experiment, IReadOnlyList<bool>, IReadOnlyList<bool>> isOne)
        {
            (Ones, Others, _isOne) = (ones, others, isOne);
            ValOfOnes = Alone("val", ones, isFirst: true, ScoredEquations.Val);
            WrongLabelsOfOnes = Alone("wrongLabels", ones, isFirst: true, ScoredEquations.Outliers);
            ValOfOthers = Alone("val", others, isFirst: false, ScoredEquations.Val);
            WrongLabelsOfOthers = Alone("wrongLabels", others, isFirst: false, ScoredEquations.Outliers);
        }

        public string Ones { get; }

        public string Others { get; }

        public WeightStatistic ValOfOnes { get; }

        public WeightStatistic WrongLabelsOfOnes { get; }

        public WeightStatistic ValOfOthers { get; }

        public WeightStatistic WrongLabelsOfOthers { get; }

        public IReadOnlyList<WeightStatistic> Statistics => [ValOfOnes, WrongLabelsOfOnes, ValOfOthers, WrongLabelsOfOthers];

        private WeightStatistic Alone(string what, string part, bool isFirst, ScoredEquations equations) => new(
            $"{what}Of{char.ToUpperInvariant(part[0])}{part[1..]}Units",
            (experiment, run) =>
            {
                var units = HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span);
                IReadOnlyList<bool> isOne = _isOne(experiment, IsPeriodic(units));
                float[] pruned = units.Without(Enumerable.Range(0, units.Count).Where(unit => isOne[unit] != isFirst));
                return new LossSurface(experiment).Score(pruned, equations).Accuracy;
            });
    }
}

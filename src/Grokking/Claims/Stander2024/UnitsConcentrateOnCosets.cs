using Grokking.Analysis;
using Grokking.Curves;
using Grokking.Training;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Stander2024;

/// <summary>Stander et al. 2024, §5 and §6: a network that has grokked S_n knows its operands by the cosets of subgroups.</summary>
public sealed class UnitsConcentrateOnCosets : Claim
{
    private const double Concentrated = 0.1;
    private const double LeastShare = 0.5;
    private const double LeastAccuracy = 0.98;

    private static readonly WeightStatistic s_median = Of("medianConcentration", (_, _, concentrations) => concentrations.Median());

    private static readonly WeightStatistic s_share = Of(
        "shareConcentrated", (_, _, concentrations) => concentrations.Count(value => value < Concentrated) / (double)concentrations.Count);

    private static readonly WeightStatistic s_accuracyWithout = Of(
        "valAccuracyOfConcentratedUnits",
        (experiment, units, concentrations) => new LossSurface(experiment)
            .Score(units.Without(Enumerable.Range(0, units.Count).Where(unit => concentrations[unit] >= Concentrated)), ScoredEquations.Val)
            .Accuracy);

    /// <inheritdoc/>
    public override string Name => "units-concentrate-on-cosets";

    /// <inheritdoc/>
    public override string Statement =>
        "In an MLP that grokked the product of permutations most hidden units know their operands by the cosets of a subgroup alone, and the others are not needed.";

    /// <inheritdoc/>
    public override string Source => "Stander et al. 2024, §5, §6.2, Figure 4";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        SmallProduct.Deviation,
        Figures.Text($"The concentration divides by the degrees of freedom, so that it is 1 on average for a random function and one subgroup, about 0.4 for the lowest over all subgroups and sides, which is what is read; a unit counts as concentrated below {Concentrated} in both operands."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Share of units that concentrate on cosets", "> 99.2 % (S5, C below 1)", "§5.1", (_, groups) => Figures.Percents(groups[0].Of(s_share))),
        new("Median concentration", "≈ 1 before, most below 1e-6 after", "Figure 4", (_, groups) => string.Join(" before, ", groups.Reverse().Select(Medians)) + " after"),
        new(
            "Validation accuracy without the units that do not concentrate",
            "unchanged in 126 of 128 networks",
            "§6.2",
            (_, groups) => Figures.Percents(groups[0].Of(s_accuracyWithout))),
    ];

    /// <summary>Judges networks by their hidden units.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: validation accuracy", group.FinalAccuracies(Equations.Val), CurvePoint.LearntAccuracy, Figures.Percent),
            JudgeShare(group),
            Finding.EveryAtLeast($"{group.Name}: validation accuracy of the concentrated units alone", group.Of(s_accuracyWithout), LeastAccuracy, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [SmallProduct.Grokked(s_median, s_share, s_accuracyWithout), SmallProduct.Memorized(s_median, s_share, s_accuracyWithout)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Figures.Percents(groups[0].Of(s_share))} of the units concentrate on cosets",
        [
            .. Judge(groups[0]),
            .. SmallProduct.JudgeMemorized(groups[1]),
            Finding.Refuses("networks that have only memorised yet", [JudgeShare(groups[1])]),
        ]);

    private static Finding JudgeShare(TrainedGroup group) =>
        Finding.EveryAtLeast($"{group.Name}: share of the units that concentrate", group.Of(s_share), LeastShare, Figures.Percent);

    private static WeightStatistic Of(string name, Func<Experiment, HiddenUnits, IReadOnlyList<double>, double> read) =>
        SmallProduct.Of(name, (experiment, units) => read(experiment, units, SmallProduct.Concentrations(units)));

    private static string Medians(TrainedGroup group) => Figures.Range([.. group.Of(s_median)], value => Figures.Text($"{value:0.0e+0}"));
}

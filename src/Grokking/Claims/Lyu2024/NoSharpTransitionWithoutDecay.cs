using Grokking.Curves;

namespace Grokking.Claims.Lyu2024;

/// <summary>Lyu et al. 2024, Appendix B: without weight decay the network generalises slowly or not at all; there is no sharp transition.</summary>
public sealed class NoSharpTransitionWithoutDecay : Claim
{
    private const double Start = 1;
    private const double Decay = 0.01;

    // Where the transition begins. calibration/results/lyu2024.csv: without decay the best of twenty seeds is at 71.2 %.
    private const double From = 0.8;
    private const double MostRatio = 3;
    private const double MostGain = 0.05;
    private const int Decade = 10;

    /// <inheritdoc/>
    public override string Name => "no-sharp-transition-without-decay";

    /// <inheritdoc/>
    public override string Statement =>
        "With weight decay a diagonal network goes from 80 to 99 % of unseen examples within a factor of three in steps; without it, it gains next to nothing in ten times as long as it has trained.";

    /// <inheritdoc/>
    public override string Source => "Lyu et al. 2024, Appendix B";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [SparseRuns.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps to 99 % over steps to 80 % of unseen examples, with decay", "sharp", "Appendix B", (_, groups) => Figures.Range(Ratios(groups[0]), Figures.Times)),
        new("Validation accuracy at the end without decay", "not sharp", "Appendix B", (_, groups) => Figures.Percents(groups[1].FinalAccuracies(Equations.Val))),
    ];

    /// <summary>Judges runs with decay.</summary>
    public static IReadOnlyList<Finding> JudgeDecay(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtMost($"{group.Name}: steps to 99 % over steps to 80 % of unseen examples", Ratios(group), MostRatio, Figures.Times),
        ];
    }

    /// <summary>Judges runs without decay.</summary>
    public static IReadOnlyList<Finding> JudgeNoDecay(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        double[] gains = [.. group.Curves.Select(curve => curve.Final.ValAccuracy - curve.At(curve.LastStep / Decade).ValAccuracy)];
        return
        [
            Finding.EveryAtLeast($"{group.Name}: training accuracy at the end", group.FinalAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent),
            Finding.EveryAtMost($"{group.Name}: validation accuracy gained over the last nine tenths of the steps", gains, MostGain, Figures.Points),
            Finding.EveryAtMost($"{group.Name}: validation accuracy at the end", group.FinalAccuracies(Equations.Val), From, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [SparseRuns.At(Start, Decay), SparseRuns.At(Start, 0)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"80 to 99 % within {Figures.Range(Ratios(groups[0]), Figures.Times)} in steps; without decay {Figures.Percents(groups[1].FinalAccuracies(Equations.Val))} at the end",
        [
            .. JudgeDecay(groups[0]),
            .. JudgeNoDecay(groups[1]),
            Finding.Refuses("runs without decay as runs with it", JudgeDecay(groups[1])),
            Finding.Refuses("runs with decay as runs without it", JudgeNoDecay(groups[0])),
        ]);

    // ∞ where a run never gets to 99 %.
    private static double[] Ratios(TrainedGroup group) =>
    [
        .. group.StepsToLearn(Equations.Val).Zip(group.StepsTo(Equations.Val, From), (learnt, from) => learnt.AtMost / from.AtLeast),
    ];
}

using Grokking.Curves;
using Grokking.Numerics;
using MathNet.Numerics;

namespace Grokking.Claims.Lyu2024;

/// <summary>
/// Lyu et al. 2024, Theorem 3.3 and Figure 2: the transition comes after about log(α)/λ of gradient flow, so a larger start postpones it and a
/// stronger decay brings it forward.
/// </summary>
public sealed class TransitionTimeFollowsStartAndDecay : Claim
{
    private const double Decay = 0.01;
    private const double Start = 1;
    private const double LatestMemorized = 10;
    private const double SlopeWithin = 0.15;
    private const double LeastShare = 0.8;
    private const double MostShare = 1.2;

    private static readonly double[] s_starts = [1, 2, 4];
    private static readonly double[] s_decays = [0.0025, 0.005, 0.01];

    /// <inheritdoc/>
    public override string Name => "transition-time-follows-start-and-decay";

    /// <inheritdoc/>
    public override string Statement =>
        "A diagonal network memorises at once and generalises at a transition, which doubling its start postpones by ln 2 in units of the time that weight decay takes, and which comes inversely to that decay.";

    /// <inheritdoc/>
    public override string Source => "Lyu et al. 2024, §3.2, Theorem 3.3, Figure 2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [SparseRuns.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Delay by each doubling of the start, in units of ln 2/(ηλ)",
            "1 in the limit",
            "Theorem 3.3",
            (_, groups) => string.Join(", ", Shares(groups.Take(s_starts.Length).ToArray(), s_starts).Select(Figures.Number))),
        new(
            "Slope of log steps to generalise over log decay",
            "-1 in the limit",
            "Theorem 3.3",
            (_, groups) => Figures.Number(SlopeOf(ByDecay(groups), s_decays))),
    ];

    /// <summary>Judges runs of growing starts.</summary>
    /// <param name="groups">One a start, all of the same decay.</param>
    /// <param name="starts">The scale of each start, growing.</param>
    public static IReadOnlyList<Finding> JudgeStarts(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> starts)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(starts);
        double[] shares = Shares(groups, starts);
        return
        [
            Finding.EveryAtMost(
                "steps to memorise, of any start",
                [.. groups.SelectMany(group => group.StepsToLearn(Equations.Train)).Select(time => time.AtMost)],
                LatestMemorized,
                Figures.Steps),
            new(
                Figures.Text($"each larger start generalises later by {LeastShare} to {MostShare} times the logarithm of its factor, in units of 1/(ηλ)"),
                Figures.Between(shares, Figures.Number),
                shares.All(share => share is >= LeastShare and <= MostShare)),
        ];
    }

    /// <summary>Judges runs of growing decays.</summary>
    /// <param name="groups">One a decay, all of the same start.</param>
    /// <param name="decays">The decay of each, growing.</param>
    public static IReadOnlyList<Finding> JudgeDecays(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> decays)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(decays);
        double slope = SlopeOf(groups, decays);
        return
        [
            new(
                Figures.Text($"slope of log median steps to generalise over log decay is -1 ± {SlopeWithin}"),
                Figures.Number(slope),
                Math.Abs(slope + 1) <= SlopeWithin),
        ];
    }

    /// <summary>Judges that runs without decay, the control, memorise.</summary>
    public static Finding JudgeMemorizing(TrainedGroup undecayed)
    {
        ArgumentNullException.ThrowIfNull(undecayed);

        // calibration/results/lyu2024.csv: all twenty seeds are at 100 %.
        return Finding.EveryAtLeast($"{undecayed.Name}: best training accuracy", undecayed.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. s_starts.Select(start => SparseRuns.At(start, Decay)),
        .. s_decays.SkipLast(1).Select(decay => SparseRuns.At(Start, decay)),
        SparseRuns.At(Start, 0),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        IReadOnlyList<TrainedGroup> byStart = [.. groups.Take(s_starts.Length)], byDecay = ByDecay(groups);
        IReadOnlyList<Finding> starts = JudgeStarts(byStart, s_starts);
        return Verdict.Of(
            $"doubled start: {starts[1].Measured} of ln 2/(ηλ) later; t ∝ decay^{Figures.Number(SlopeOf(byDecay, s_decays))}",
            [
                .. starts,
                .. JudgeDecays(byDecay, s_decays),
                JudgeMemorizing(groups[^1]),
                Finding.Refuses("the starts in reverse", JudgeStarts([.. byStart.Reverse()], s_starts)),
                Finding.Refuses("no decay in the place of the weakest", JudgeDecays([groups[^1], .. byDecay.Skip(1)], s_decays)),
            ]);
    }

    // From the weakest decay to the strongest, which is that of all starts.
    private static IReadOnlyList<TrainedGroup> ByDecay(IReadOnlyList<TrainedGroup> groups) =>
        [.. groups.Skip(s_starts.Length).Take(s_decays.Length - 1), groups[0]];

    // How much later each start generalises than the one before, in the unit that the theory gives. NaN where one never does: in no band.
    private static double[] Shares(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> starts) =>
    [
        .. Enumerable.Range(1, groups.Count - 1).Select(i =>
            ((SparseRuns.Generalized(groups[i]) - SparseRuns.Generalized(groups[i - 1])) ?? double.NaN)
            / (SparseRuns.TimeConstant(Decay) * Elementary.Log(starts[i] / starts[i - 1]))),
    ];

    private static double SlopeOf(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> decays) => Fit.Line(
        [.. decays.Select(decay => Elementary.Log(decay))],
        [.. groups.Select(group => Elementary.Log(SparseRuns.Generalized(group) ?? double.NaN))]).B;
}

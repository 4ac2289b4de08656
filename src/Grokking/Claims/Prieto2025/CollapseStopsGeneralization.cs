using Grokking.Curves;

namespace Grokking.Claims.Prieto2025;

/// <summary>Prieto et al. 2025, §3 and Figure 2: validation accuracy stops rising where most of the training equations have a loss of exactly 0.</summary>
public sealed class CollapseStopsGeneralization : Claim
{
    private const double LeastCollapse = 0.3;
    private const double MostGain = 0.05;
    private const double LeastGain = 0.1;

    /// <inheritdoc/>
    public override string Name => "collapse-stops-generalization";

    /// <inheritdoc/>
    public override string Statement =>
        "With the loss in float validation accuracy stops rising once a large share of the training equations has a loss of exactly 0, while with the loss in double it goes on.";

    /// <inheritdoc/>
    public override string Source => "Prieto et al. 2025, §3, Figure 2";

    /// <inheritdoc/>
    public override string ReportedOnly =>
        "at this size the loss in float stalls on every seed, but the one in double does not go on by the bound on each; the paper shows one seed of mod 113.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        CollapsingAddition.Deviation,
        Figures.Text($"The collapse is read at two steps, {Early(Tier.Quick):N0} and {Stall(Tier.Quick):N0}; the paper marks where half of the equations have collapsed."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        Figures.Text($"The collapse is read at two steps, {Early(Tier.Paper):N0} and {Stall(Tier.Paper):N0}; the paper marks where half of the equations have collapsed."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Share of collapsed equations where the curve stalls",
            "0.5, at step 3,000 (mod 113, 70 %)",
            "Figure 2, read off",
            (_, groups) => Figures.Percents(groups[1].Of(CollapsingAddition.Collapse))),
    ];

    /// <summary>Judges runs in float, of which shorter ones tell of the collapse.</summary>
    /// <param name="early">Ended before the collapse.</param>
    /// <param name="stalled">Ended at the collapse.</param>
    /// <param name="inFloat">The same runs to their end.</param>
    /// <param name="stall">The step of the collapse.</param>
    public static IReadOnlyList<Finding> Judge(TrainedGroup early, TrainedGroup stalled, TrainedGroup inFloat, int stall)
    {
        ArgumentNullException.ThrowIfNull(early);
        ArgumentNullException.ThrowIfNull(stalled);
        ArgumentNullException.ThrowIfNull(inFloat);
        return
        [
            new(
                $"{early.Name}: collapsed equations < {Figures.Percent(LeastCollapse)}, every seed",
                Figures.Percents(early.Of(CollapsingAddition.Collapse)),
                early.Of(CollapsingAddition.Collapse).All(share => share < LeastCollapse)),
            Finding.EveryAtLeast($"{stalled.Name}: collapsed equations", stalled.Of(CollapsingAddition.Collapse), LeastCollapse, Figures.Percent),
            Finding.EveryAtMost($"{inFloat.Name}: {GainSince(stall)}", Gains(inFloat, stall), MostGain, Figures.Points),

            // calibration/results/prieto2025.csv: all twenty-one seeds of either are at 100 %.
            .. new[] { early, inFloat }.Select(group => Finding.EveryAtLeast(
                $"{group.Name}: best training accuracy", group.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent)),
        ];
    }

    /// <summary>Judges runs in double, which do not collapse then.</summary>
    /// <param name="inDouble">To their end.</param>
    /// <param name="stall">The step at which runs in float collapse.</param>
    public static IReadOnlyList<Finding> JudgeDouble(TrainedGroup inDouble, int stall)
    {
        ArgumentNullException.ThrowIfNull(inDouble);
        return [Finding.EveryAtLeast($"{inDouble.Name}: {GainSince(stall)}", Gains(inDouble, stall), LeastGain, Figures.Points)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        Read(CollapsingAddition.InFloat(tier, Early(tier))),
        Read(CollapsingAddition.InFloat(tier, Stall(tier))),
        CollapsingAddition.InFloat(tier),
        CollapsingAddition.InDouble(tier),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        int stall = Stall(tier);
        return Verdict.Of(
            $"{Figures.Percents(groups[1].Of(CollapsingAddition.Collapse))} collapsed; validation accuracy then moves by {Figures.Range(Gains(groups[2], stall), Figures.Points)}, in double by {Figures.Range(Gains(groups[3], stall), Figures.Points)}",
            [
                .. Judge(groups[0], groups[1], groups[2], stall),
                .. JudgeDouble(groups[3], stall),
                Finding.Refuses("double in the place of float", Judge(groups[0], groups[1], groups[3], stall)),
                Finding.Refuses("float in the place of double", JudgeDouble(groups[2], stall)),
            ]);
    }

    private static int Early(Tier tier) => tier == Tier.Paper ? 1000 : 1200;

    private static int Stall(Tier tier) => tier == Tier.Paper ? 3000 : 2800;

    private static string GainSince(int stall) => Figures.Text($"gain of validation accuracy since step {stall:N0}");

    private static RunGroup Read(RunGroup group) => group with { Statistics = [CollapsingAddition.Collapse] };

    private static double[] Gains(TrainedGroup group, int stall) =>
        [.. group.FinalAccuracies(Equations.Val).Zip(group.AccuraciesAt(stall, Equations.Val), (end, then) => end - then)];
}

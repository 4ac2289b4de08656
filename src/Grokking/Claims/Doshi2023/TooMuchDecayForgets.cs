using Grokking.Curves;

namespace Grokking.Claims.Doshi2023;

/// <summary>Doshi et al. 2023, Figure 8: at a still larger weight decay the network generalises and then forgets everything.</summary>
public sealed class TooMuchDecayForgets : Claim
{
    private const int Steps = 2400;
    private const double TooMuch = 20;
    private const double Right = 15;
    private const double LeastBest = 0.99;
    private const double MostEnd = 0.05;

    /// <inheritdoc/>
    public override string Name => "too-much-decay-forgets";

    /// <inheritdoc/>
    public override string Statement => "At weight decay 20 an MLP on 35 % wrong labels generalises and then falls back to chance.";

    /// <inheritdoc/>
    public override string Source => "Doshi et al. 2023, Figure 8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [CorruptedAddition.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        .. new (int Step, string Accuracy)[] { (300, "1.0"), (900, "0.94"), (1200, "0.42"), (2400, "chance, 0.010") }.Select(point => new PublishedFigure(
            Figures.Text($"Validation accuracy at step {point.Step:N0}, decay 20"),
            point.Accuracy,
            "notebook of Figure 8",
            (_, groups) => Figures.Percents(groups[0].AccuraciesAt(point.Step, Equations.Val)))),
        new(
            "Training loss at the end, decay 20",
            "0.01031, that of answering nothing",
            "notebook of Figure 8",
            (_, groups) => Figures.Range([.. groups[0].Curves.Select(curve => curve.Final.TrainLoss)], loss => Figures.Text($"{loss:0.00000}"))),
    ];

    /// <summary>Judges runs at a decay that is too large.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: best validation accuracy", group.BestValAccuracies, LeastBest, Figures.Percent),
            JudgeForgetting(group),
        ];
    }

    /// <summary>Judges whether runs end at chance; untrained ones do.</summary>
    public static Finding JudgeForgetting(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Finding.EveryAtMost(
            Figures.Text($"{group.Name}: validation accuracy at step {Steps:N0}"), group.AccuraciesAt(Steps, Equations.Val), MostEnd, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [CorruptedAddition.At(TooMuch, Steps), CorruptedAddition.At(Right, Steps)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy {Figures.Percents(groups[0].BestValAccuracies)}, then {Figures.Percents(groups[0].FinalAccuracies(Equations.Val))}",
        [.. Judge(groups[0]), Finding.Refuses(Figures.Text($"decay {Right}"), [JudgeForgetting(groups[1])])]);
}

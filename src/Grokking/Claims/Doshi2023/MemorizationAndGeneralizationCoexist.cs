using Grokking.Curves;

namespace Grokking.Claims.Doshi2023;

/// <summary>Doshi et al. 2023, Figure 1a: without weight decay a network learns wrong labels by heart and, long after, still generalises.</summary>
public sealed class MemorizationAndGeneralizationCoexist : Claim
{
    private const int Early = 60;
    private const int Late = 500;
    private const double Learnt = 0.95;
    private const double LeastMemorized = 0.99;
    private const double MostEarly = 0.05;
    private const double LeastDelay = 5;

    /// <inheritdoc/>
    public override string Name => "memorization-and-generalization-coexist";

    /// <inheritdoc/>
    public override string Statement =>
        "With 35 % wrong labels and no weight decay an MLP first learns all labels, wrong ones too, and much later answers unseen equations right while it keeps them.";

    /// <inheritdoc/>
    public override string Source => "Doshi et al. 2023, §3, Figure 1a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [CorruptedAddition.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Training accuracy at step 60", "1.0", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(Early, Equations.Train))),
        new("Validation accuracy at step 60", "0.011", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(Early, Equations.Val))),
        new("Validation accuracy at step 180", "0.20", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(180, Equations.Val))),
        new("Validation accuracy at step 360", "0.94", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(360, Equations.Val))),
        new("Validation accuracy at the end", "0.983", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(Late, Equations.Val))),
        new("Training accuracy at the end", "0.978", "notebook of Figure 1a", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(Late, Equations.Train))),
    ];

    /// <summary>Judges runs on wrong labels.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        MedianTime lag = MedianTime.Of(group.Lags(Learnt));
        return
        [
            Finding.EveryAtLeast($"{group.Name}: training accuracy at step {Early}", group.AccuraciesAt(Early, Equations.Train), LeastMemorized, Figures.Percent),
            Finding.EveryAtMost($"{group.Name}: validation accuracy at step {Early}", group.AccuraciesAt(Early, Equations.Val), MostEarly, Figures.Percent),
            Finding.EveryAtLeast($"{group.Name}: training accuracy at step {Late}", group.AccuraciesAt(Late, Equations.Train), Learnt, Figures.Percent),
            Finding.EveryAtLeast($"{group.Name}: validation accuracy at step {Late}", group.AccuraciesAt(Late, Equations.Val), Learnt, Figures.Percent),
            new(
                $"{group.Name}: 95 % validation accuracy ≥ {Figures.Times(LeastDelay)} later than 95 % training accuracy, median",
                Figures.Median(group.Lags(Learnt), Figures.Times),
                lag.AtLeast >= LeastDelay),
        ];
    }

    /// <summary>Judges that runs with decay, the control, have learnt all labels too.</summary>
    public static Finding JudgeMemorizing(TrainedGroup decayed)
    {
        ArgumentNullException.ThrowIfNull(decayed);

        // calibration/results/doshi2023.csv: the least of twenty-one seeds is at 99.87 %; 65 % of the labels are true.
        return Finding.EveryAtLeast($"{decayed.Name}: best training accuracy", decayed.BestAccuracies(Equations.Train), Learnt, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [CorruptedAddition.At(0, Late), CorruptedAddition.At(15, Late)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Figures.Percents(groups[0].AccuraciesAt(Late, Equations.Train))} of the labels, wrong ones too, and {Figures.Percents(groups[0].AccuraciesAt(Late, Equations.Val))} of unseen equations",
        [.. Judge(groups[0]), JudgeMemorizing(groups[1]), Finding.Refuses("decay 15, which unlearns the wrong labels,", Judge(groups[1]))]);
}

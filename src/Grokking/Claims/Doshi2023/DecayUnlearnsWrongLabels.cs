using Grokking.Curves;

namespace Grokking.Claims.Doshi2023;

/// <summary>Doshi et al. 2023, Figure 1b and 1c: with weight decay the network unlearns wrong labels after it has learnt them: partial and full inversion.</summary>
public sealed class DecayUnlearnsWrongLabels : Claim
{
    private const int Steps = 500;
    private const double Some = 5;
    private const double Much = 15;
    private const double LeastVal = 0.99;
    private const double LeastTrain = 0.99;
    private const double LeastPartial = 0.70;
    private const double MostPartial = 0.90;
    private const double Tolerance = 0.01;

    /// <inheritdoc/>
    public override string Name => "decay-unlearns-wrong-labels";

    /// <inheritdoc/>
    public override string Statement =>
        Figures.Text($"With weight decay an MLP that learnt 35 % wrong labels gives them up again while it generalises: some at decay {Some}, all at decay {Much}, where only the true answers stay.");

    /// <inheritdoc/>
    public override string Source => "Doshi et al. 2023, §3, Figure 1b and 1c";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [CorruptedAddition.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(Figures.Text($"Training accuracy at the end, decay {Some}"), "0.79", "notebook of Figure 1b", (_, groups) => Figures.Percents(groups[0].FinalAccuracies(Equations.Train))),
        new(Figures.Text($"Training accuracy at the end, decay {Much}"), "0.654", "notebook of Figure 1c", (_, groups) => Figures.Percents(groups[1].FinalAccuracies(Equations.Train))),
        new(Figures.Text($"Validation accuracy at step 120, decay {Some}"), "0.92", "notebook of Figure 1b", (_, groups) => Figures.Percents(groups[0].AccuraciesAt(120, Equations.Val))),
        new(Figures.Text($"Validation accuracy at step 180, decay {Much}"), "1.0", "notebook of Figure 1c", (_, groups) => Figures.Percents(groups[1].AccuraciesAt(180, Equations.Val))),
    ];

    /// <summary>Judges that runs learn all labels, wrong ones too, and end knowing the unseen equations.</summary>
    public static IReadOnlyList<Finding> JudgeLearning(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: validation accuracy at the end", group.FinalAccuracies(Equations.Val), LeastVal, Figures.Percent),
            Finding.EveryAtLeast($"{group.Name}: best training accuracy before", group.BestAccuracies(Equations.Train), LeastTrain, Figures.Percent),
        ];
    }

    /// <summary>Judges that runs without decay, the control, learn all labels.</summary>
    public static Finding JudgeMemorizing(TrainedGroup undecayed)
    {
        ArgumentNullException.ThrowIfNull(undecayed);

        // calibration/results/doshi2023.csv: all twenty-one seeds are at 100 %.
        return Finding.EveryAtLeast($"{undecayed.Name}: best training accuracy", undecayed.BestAccuracies(Equations.Train), LeastTrain, Figures.Percent);
    }

    /// <summary>Judges that some wrong labels are given up at a middling decay.</summary>
    public static Finding JudgePartial(TrainedGroup partial)
    {
        ArgumentNullException.ThrowIfNull(partial);
        IReadOnlyList<double> end = partial.FinalAccuracies(Equations.Train);
        return new(
            $"{partial.Name}: training accuracy at the end {Figures.Percent(LeastPartial)} to {Figures.Percent(MostPartial)}, every seed",
            Figures.Percents(end),
            end.All(accuracy => accuracy is >= LeastPartial and <= MostPartial));
    }

    /// <summary>Judges that all wrong labels are given up at a large decay.</summary>
    public static Finding JudgeFull(TrainedGroup full)
    {
        ArgumentNullException.ThrowIfNull(full);
        IReadOnlyList<double> end = full.FinalAccuracies(Equations.Train);
        return new(
            Figures.Text($"{full.Name}: training accuracy at the end within {100 * Tolerance:0} point of {100 * CorruptedAddition.AccuracyOfTruth:0.0} %, that of the true answers, every seed"),
            Figures.Percents(end),
            end.All(accuracy => Math.Abs(accuracy - CorruptedAddition.AccuracyOfTruth) <= Tolerance));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [CorruptedAddition.At(Some, Steps), CorruptedAddition.At(Much, Steps), CorruptedAddition.At(0, Steps)];

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        TrainedGroup[] byDecay = [groups[2], groups[0], groups[1]];
        return
        [
            new HeatMap(
                "Median accuracies at the end with 35 % wrong labels: coexistence, partial and full inversion (Figure 1)",
                "weight decay",
                ["0", Figures.Text($"{Some}"), Figures.Text($"{Much}")],
                "equations",
                ["training", "validation"],
                [.. new[] { Equations.Train, Equations.Val }.Select(equations => (IReadOnlyList<HeatCell>)[.. byDecay.Select(group => HeatCell.Median(group.FinalAccuracies(equations)))])]),
        ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"training accuracy falls to {Figures.Percents(groups[0].FinalAccuracies(Equations.Train))} and {Figures.Percents(groups[1].FinalAccuracies(Equations.Train))}, validation accuracy rises to {Figures.Percents(groups[1].FinalAccuracies(Equations.Val))}",
        [
            .. JudgeLearning(groups[0]),
            .. JudgeLearning(groups[1]),
            JudgePartial(groups[0]),
            JudgeFull(groups[1]),
            JudgeMemorizing(groups[2]),
            Finding.Refuses(Figures.Text($"no decay in the place of decay {Some}"), [JudgePartial(groups[2])]),
            Finding.Refuses(Figures.Text($"no decay in the place of decay {Much}"), [JudgeFull(groups[2])]),
        ]);
}

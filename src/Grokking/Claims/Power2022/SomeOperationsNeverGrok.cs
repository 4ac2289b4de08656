using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.2 and Figure 2 right: x³+xy²+y mod 97 is memorised and never generalises, whatever the fraction.</summary>
public sealed class SomeOperationsNeverGrok : Claim
{
    // Chance is 1/97; 185 validation equations mod 43 at 90 % let a lucky evaluation reach 6 %. Calibration: calibration/results/power2022.csv.
    private const double HighestValAccuracy = 0.10;

    // "Has long generalised": the reference needs at most this share of the budget that the hard operation gets.
    private const double ShareOfBudget = 0.8;
    private const int HeadlineBudget = 4_500;

    // At 95 % x+y at 70 % is the measure, which has less data and still generalises in half the steps of x+y at 50 %.
    private const int HeadlineBudgetWithMuchData = 2_500;

    // 80 % of it is the whole budget of the small x+y, beyond the slowest seed of the calibration by a third.
    private const int SmallBudget = 1_500;

    /// <inheritdoc/>
    public override string Name => "some-operations-never-grok";

    /// <inheritdoc/>
    public override string Statement =>
        "x³+xy²+y stays near chance on validation at 50 % and 95 % of the table, within a budget at which x+y has long generalised.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2, Figure 2 right";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        Figures.Text($"Budgets of {HeadlineBudget:N0} steps at 50 % and {HeadlineBudgetWithMuchData:N0} at 95 % instead of 10⁵."),
        "Beside 95 % stands x+y at 70 %, which has less data.",
        QuickHeadline.Deviation,
        "Statistics over seeds on a small model mod 43 with equal batches and clipped gradients, at 60 % and 90 % of the table.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Validation accuracy of x³+xy²+y",
            "no generalisation within 10⁵ steps at up to 95 % data",
            "§3.2, Figure 2 right",
            (_, groups) => $"at most {Figures.Percent(HighestOfHard(groups))}"),
        new(
            "Training accuracy of x³+xy²+y",
            "memorised",
            "§3.2",
            (_, groups) => $"at least {Figures.Percent(groups[1].Curves.Min(curve => curve.Best(Equations.Train).TrainAccuracy))} at 50 % data"),
    ];

    /// <summary>Judges an operation that should never generalise beside one that does.</summary>
    /// <param name="reference">Runs of the operation that generalises.</param>
    /// <param name="hard">Runs of the operation that does not; their budget is the measure.</param>
    public static IReadOnlyList<Finding> Judge(TrainedGroup reference, TrainedGroup hard)
    {
        int budget = hard.Curves[0].Budget;
        double slowest = reference.Curves.Max(curve =>
            curve.FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).By ?? double.PositiveInfinity);
        double highest = hard.Curves.Max(curve => curve.Best(Equations.Val).ValAccuracy);
        double leastMade = hard.Curves.Min(curve => curve.LastStep);
        return
        [
            new(
                Figures.Text($"{reference.Name}: every seed at 99 % validation within {100 * ShareOfBudget:0.#} % of {budget:N0} steps"),
                $"the slowest at {Figures.Steps(slowest)}",
                slowest <= ShareOfBudget * budget),
            new(
                $"{hard.Name}: validation accuracy ≤ {Figures.Percent(HighestValAccuracy)} at every evaluation of {Figures.Steps(budget)} steps",
                $"at most {Figures.Percent(highest)} in {Figures.Steps(leastMade)} steps",
                highest <= HighestValAccuracy && leastMade >= budget),
        ];
    }

    /// <summary>Judges that runs of the hard operation memorise what they are given.</summary>
    public static Finding JudgeMemorization(TrainedGroup hard)
    {
        double least = hard.Curves.Min(curve => curve.Best(Equations.Train).TrainAccuracy);
        return new Finding($"{hard.Name}: training accuracy ≥ 99 %", Figures.Percent(least), least >= CurvePoint.LearntAccuracy);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment hard = QuickHeadline.Of(Operations.CubeAndProductOfSquare, 0.5) with { Steps = HeadlineBudget };
        Experiment paper = Presets.PaperText with { Task = Operations.CubeAndProductOfSquare, Stopping = StoppingRule.WhenGeneralized };
        return tier switch
        {
            Tier.Quick =>
            [
                RunGroup.Seeds("paper's model, x+y mod 97, 50 % data", QuickHeadline.Add(0.5), QuickHeadline.Seeds),
                RunGroup.Seeds("paper's model, x³+xy²+y mod 97, 50 % data", hard, QuickHeadline.Seeds),
                RunGroup.Seeds("paper's model, x+y mod 97, 70 % data", QuickHeadline.Add(0.7), QuickHeadline.Seeds),
                RunGroup.Seeds(
                    "paper's model, x³+xy²+y mod 97, 95 % data",
                    hard with { TrainFraction = 0.95, Steps = HeadlineBudgetWithMuchData },
                    QuickHeadline.Seeds),
                QuickSmall.Group("x+y mod 43, 60 % data", QuickSmall.Within(Operations.Add, 0.6)),
                QuickSmall.Group("x³+xy²+y mod 43, 60 % data", QuickSmall.Of(Operations.CubeAndProductOfSquare, 0.6) with { Steps = SmallBudget }),
                QuickSmall.Group("x³+xy²+y mod 43, 90 % data", QuickSmall.Of(Operations.CubeAndProductOfSquare, 0.9) with { Steps = SmallBudget }),
            ],
            _ =>
            [
                RunGroup.Seeds("x+y mod 97, 50 % data", paper with { Task = Operations.Add }, 3),
                RunGroup.Seeds("x³+xy²+y mod 97, 50 % data", paper, 3),
                RunGroup.Seeds("x³+xy²+y mod 97, 80 % data", paper with { TrainFraction = 0.8 }, 3),
                RunGroup.Seeds("x³+xy²+y mod 97, 95 % data", paper with { TrainFraction = 0.95 }, 3),
            ],
        };
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        // That it memorises is asked at the smallest fraction: at 95 % the paper's model is still memorising at the end of the quick budget.
        (TrainedGroup Reference, TrainedGroup[] Hard, bool IsMemorized)[] parts = tier == Tier.Quick
            ? [(groups[0], [groups[1]], true), (groups[2], [groups[3]], false), (groups[4], [groups[5], groups[6]], true)]
            : [(groups[0], [.. groups.Skip(1)], true)];
        List<Finding> evidence = [];
        foreach ((TrainedGroup reference, TrainedGroup[] hard, bool isMemorized) in parts)
        {
            if (isMemorized)
            {
                evidence.Add(JudgeMemorization(hard[0]));
            }

            evidence.AddRange(hard.SelectMany(group => Judge(reference, group)).Distinct());
            evidence.Add(Finding.Refuses($"{reference.Name} as an operation that never groks", Judge(reference, reference)));
        }

        return Verdict.Of($"validation accuracy never above {Figures.Percent(HighestOfHard(groups))}", evidence);
    }

    private static double HighestOfHard(IReadOnlyList<TrainedGroup> groups) =>
        groups.Where(group => group.Name.Contains('³', StringComparison.Ordinal)).SelectMany(group => group.Curves)
            .Max(curve => curve.Best(Equations.Val).ValAccuracy);
}

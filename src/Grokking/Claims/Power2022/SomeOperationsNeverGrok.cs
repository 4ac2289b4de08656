using Grokking.Configuration;
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

    // 80 % of it is the whole budget of the small x+y, which the slowest seed of the calibration gets to 99 % within.
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
        "Beside 95 % stands x+y at 70 %, which has less data; x³+xy²+y is still being memorised there when its budget ends.",
        QuickHeadline.Deviation,
        "Statistics over seeds on a small model mod 43 with equal batches and clipped gradients, at 60 % and 90 % of the table; the control x³+xy has twice its learning rate and a third more steps.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["At 50, 80 and 95 % of the table instead of at all fractions."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Validation accuracy of x³+xy²+y",
            "no generalisation within 10⁵ steps at up to 95 % data",
            "§3.2, Figure 2 right",
            (tier, groups) => $"highest {Highest(Comparisons(tier, groups))}"),
        new(
            "Training accuracy of x³+xy²+y",
            "memorised",
            "§3.2",
            (_, groups) => $"{Figures.Percents(groups[1].BestAccuracies(Equations.Train))} at 50 % data"),
    ];

    /// <summary>Judges an operation that should never generalise beside one that does.</summary>
    /// <param name="reference">Runs of the operation that generalises.</param>
    /// <param name="hard">Runs of the operation that does not; their budget is the measure.</param>
    public static IReadOnlyList<Finding> Judge(TrainedGroup reference, TrainedGroup hard)
    {
        int budget = hard.Curves[0].Budget;
        double[] steps = [.. reference.StepsToLearn(Equations.Val).Select(time => time.AtMost)];
        return
        [
            new(
                Figures.Text($"{reference.Name}: every seed at 99 % validation within {100 * ShareOfBudget:0.#} % of {budget:N0} steps"),
                Figures.Range(steps, Figures.Steps),
                steps.Max() <= ShareOfBudget * budget),
            JudgeNearChance(hard),
        ];
    }

    /// <summary>Judges that runs stay near chance for the whole of their budget.</summary>
    public static Finding JudgeNearChance(TrainedGroup hard)
    {
        int budget = hard.Curves[0].Budget;
        double leastMade = hard.Curves.Min(curve => curve.LastStep);
        return new(
            $"{hard.Name}: validation accuracy ≤ {Figures.Percent(HighestValAccuracy)} at every evaluation of {Figures.Steps(budget)} steps",
            $"highest {Figures.Percents(hard.BestValAccuracies)} in {Figures.Steps(leastMade)} steps",
            hard.BestValAccuracies.Max() <= HighestValAccuracy && leastMade >= budget);
    }

    /// <summary>Judges that runs of the hard operation memorise what they are given, by their median: at 90 % of the table a rare seed ends below 99 %.</summary>
    public static Finding JudgeMemorization(TrainedGroup hard) => Finding.MedianAtLeast(
        $"{hard.Name}: best training accuracy", hard.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent);

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
                RunGroup.Seeds("small model, x³+xy mod 43, 90 % data", QuickSmall.Tuned(Operations.CubeAndProduct, 0.9), 3),
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
        Comparison[] comparisons = Comparisons(tier, groups);
        List<Finding> evidence = [];
        foreach (Comparison comparison in comparisons)
        {
            if (comparison.MustMemorize)
            {
                evidence.Add(JudgeMemorization(comparison.Hard));
            }

            evidence.AddRange(Judge(comparison.Reference, comparison.Hard));
        }

        TrainedGroup[] references = [.. comparisons.Select(comparison => comparison.Reference).Distinct()];
        return Verdict.Of(
            $"highest validation accuracy {Highest(comparisons)}",
            [
                .. evidence.Distinct(),
                .. references.Select(reference => Finding.Refuses($"{reference.Name} as an operation that never groks", [JudgeNearChance(reference)])),
                .. tier == Tier.Quick
                    ? [Finding.Refuses($"{groups[^1].Name}, which is cubic too, as an operation that never groks", [JudgeNearChance(groups[^1])])]
                    : Array.Empty<Finding>(),
            ]);
    }

    // At 95 % the paper's model is still memorising at the end of the quick budget.
    private static Comparison[] Comparisons(Tier tier, IReadOnlyList<TrainedGroup> groups) => tier == Tier.Quick
        ?
        [
            new(groups[0], groups[1], MustMemorize: true),
            new(groups[2], groups[3], MustMemorize: false),
            new(groups[4], groups[5], MustMemorize: true),
            new(groups[4], groups[6], MustMemorize: true),
        ]
        : [.. groups.Skip(1).Select(hard => new Comparison(groups[0], hard, MustMemorize: true))];

    private static string Highest(IEnumerable<Comparison> comparisons) =>
        Figures.Percents(comparisons.Select(comparison => comparison.Hard).Distinct().SelectMany(hard => hard.BestValAccuracies));

    private sealed record Comparison(TrainedGroup Reference, TrainedGroup Hard, bool MustMemorize);
}

using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, A.4 and Figure 6: wrong answers among the training equations are memorised in about as many steps, and only many of them hinder generalisation.</summary>
public sealed class OutliersAreMemorized : Claim
{
    // Of 1,109 equations all but one: at 99 %, which is enough with many outliers and at the paper's size, all of ten could still be missing. One seed
    // in a hundred has three of four hundred left when its steps end.
    private const double LearntWithTen = 0.999;

    // Calibration: calibration/results/power2022.csv.
    private const double GreatestSlowdown = 1.5;
    private const double GreatestHarm = 0.05;
    private const double LeastHarm = 0.2;

    // The paper's 1,000 are 14 % of its training equations; of the small model's, a hundred, 9 %, cost it 26 points already.
    private const int QuickFew = 10;
    private const int PaperFew = 1000;

    private const string Between = "The most outliers that do no harm and the most of all are judged; the others are shown.";
    private const string Scale = "Ten outliers count as few, 1 % of the training equations; 9 % do harm here, where the paper's 14 % do little.";

    private static readonly int[] QuickCounts = [0, 10, 100, 400];
    private static readonly int[] PaperCounts = [0, 10, 100, 1000, 2000, 3000];

    /// <inheritdoc/>
    public override string Name => "outliers-are-memorized";

    /// <inheritdoc/>
    public override string Statement =>
        "With k wrong answers among the training equations nearly all of them are still learnt, in about the same steps; a few hardly keep the model from generalising, many do.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, A.4, Figure 6";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        Figures.Text($"k up to {QuickCounts[^1]} of the 1,109 training equations of x+y at 60 %, within {QuickSmall.Budget:N0} steps, instead of up to 3,000."),
        Scale,
        Figures.Text($"{100 * CurvePoint.LearntAccuracy:0} % of the training equations count as learnt, {100 * LearntWithTen:0.0} % with {QuickFew} outliers."),
        Between,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["The product in S5 at 50 % of its table instead of at several fractions.", Between];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Steps to 99 % training accuracy",
            "not considerably affected by k",
            "A.4",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Median(group.StepsToLearn(Equations.Train))))),
        new(
            "Best validation accuracy, few outliers to many",
            "little effect up to about 1,000, far lower beyond",
            "A.4, Figure 6",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Median(group.BestValAccuracies, Figures.Percent)))),
    ];

    /// <summary>Judges runs with more and more outliers.</summary>
    /// <param name="groups">The first without any, the last with the most.</param>
    /// <param name="few">Those of them that have so few that they do no harm.</param>
    /// <param name="learnt">The training accuracy at which these few are learnt too, and of which the steps are compared.</param>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups, TrainedGroup few, double learnt)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(few);
        TrainedGroup none = groups[0], many = groups[^1];
        MedianRatio slowest = groups.Skip(1).Select(group => MedianRatio.Of(group.StepsTo(Equations.Train, learnt), none.StepsTo(Equations.Train, learnt))).MaxBy(ratio => ratio.AtMost)!;
        return
        [
            Finding.EveryAtLeast($"{few.Name}: best training accuracy", few.BestAccuracies(Equations.Train), learnt, Figures.Percent),
            Finding.EveryAtLeast(
                "with any number of outliers: best training accuracy",
                [.. groups.SelectMany(group => group.BestAccuracies(Equations.Train))],
                CurvePoint.LearntAccuracy,
                Figures.Percent),
            new(
                $"median steps to {Figures.Percent(learnt)} training accuracy ≤ {Figures.Times(GreatestSlowdown)} those without outliers",
                Figures.Ratio(slowest),
                slowest.AtMost <= GreatestSlowdown),
            JudgeHarmless(none, few),
            new(
                Figures.Text($"{many.Name}: best validation accuracy of every seed ≥ {100 * LeastHarm:0} points below every seed without outliers"),
                Figures.Lead(none.BestValAccuracies, many.BestValAccuracies),
                none.BestValAccuracies.Min() - many.BestValAccuracies.Max() >= LeastHarm),
        ];
    }

    /// <summary>Judges that outliers hardly keep a model from generalising.</summary>
    public static Finding JudgeHarmless(TrainedGroup none, TrainedGroup few)
    {
        ArgumentNullException.ThrowIfNull(none);
        ArgumentNullException.ThrowIfNull(few);
        double harm = none.BestValAccuracies.Median() - few.BestValAccuracies.Median();
        return new(
            Figures.Text($"{few.Name}: median of the best validation accuracy at most {100 * GreatestHarm:0} points below that without outliers"),
            $"{Figures.Points(harm)}: {Figures.Percents(few.BestValAccuracies)} against {Figures.Percents(none.BestValAccuracies)}",
            harm <= GreatestHarm);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier switch
    {
        Tier.Quick =>
        [
            .. QuickCounts.Select(count => QuickSmall.Group(Named("x+y mod 43, 60 % data", count), QuickSmall.Within(Operations.Add, 0.6) with
            {
                Outliers = count,
            })),
        ],
        _ =>
        [
            .. PaperCounts.Select(count => RunGroup.Seeds(
                Named("x*y in S5, 50 % data", count),
                Presets.PaperText with { Task = Operations.Compose, Outliers = count, Stopping = StoppingRule.WhenGeneralized },
                3)),
        ],
    };

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"best validation accuracy {string.Join(", ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))} with more and more outliers",
        [
            .. Judge(groups, Few(tier, groups), Learnt(tier)),
            Finding.Refuses("many outliers in the place of few", [JudgeHarmless(groups[0], groups[^1])]),
            Finding.Refuses("no outliers in the place of many", Judge([groups[0].Halves.Even, groups[1], groups[0].Halves.Odd], groups[1], Learnt(tier))),
        ]);

    private static TrainedGroup Few(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
        tier == Tier.Quick ? groups[Array.IndexOf(QuickCounts, QuickFew)] : groups[Array.IndexOf(PaperCounts, PaperFew)];

    private static double Learnt(Tier tier) => tier == Tier.Quick ? LearntWithTen : CurvePoint.LearntAccuracy;

    private static string Named(string what, int outliers) => Figures.Text($"{what}, {outliers:N0} outliers");
}

using Grokking.Curves;
using Grokking.Tasks;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.2: operations with x ∘ y = y ∘ x need less data than their relatives without that symmetry.</summary>
public sealed class SymmetricOperationsNeedLess : Claim
{
    private const double LargestP = 0.01;
    private const double LeastPoints = 0.2;
    private const double LeastBeyondSymmetry = 0.8;

    // Where the quadratics differ most: at half of the table neither is known, at 80 % both are. A rare seed of x²+xy+y²+x knows more than half of it here.
    private const double QuadraticsFraction = 0.65;

    // Five of them are apart by less than the bound in four of a thousand draws.
    private const int QuadraticsSeeds = 7;

    /// <inheritdoc/>
    public override string Name => "symmetric-operations-need-less";

    /// <inheritdoc/>
    public override string Statement =>
        "x+y, x·y and x²+xy+y² generalise sooner or further than x-y, x/y and x²+xy+y²+x at the same fraction of the table.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2, Figure 2 right";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "The quadratics train at twice the learning rate.",
        "The two pairs of sums and products are judged together by the ranks of their steps, without a bound for the ratio.",
        .. PaperDeviations,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        "Steps at one fraction of the table, and for the quadratics accuracy at one budget, instead of the fraction that is needed.",
        "Equations whose mirror trains are among the validation equations, as in the paper; findings of their own look at the others alone.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps of x-y over those of x+y", "x+y needs less data", "§3.2", (_, groups) => Figures.Ratio(Advantage(groups[0], groups[1]))),
        new("Steps of x/y over those of x·y", "x·y needs less data", "§3.2", (_, groups) => Figures.Ratio(Advantage(groups[2], groups[3]))),
        new(
            "x²+xy+y² beside x²+xy+y²+x",
            "needs less data",
            "§3.2",
            (_, groups) =>
                $"best validation accuracy {Figures.Percents(groups[4].BestValAccuracies)} beside {Figures.Percents(groups[5].BestValAccuracies)}"),
    ];

    /// <summary>Judges symmetric operations together against their relatives together, by the steps they take.</summary>
    public static Finding JudgeSteps(IReadOnlyList<TrainedGroup> symmetric, IReadOnlyList<TrainedGroup> relatives)
    {
        var trend = OrderedTrend.Test([Steps(symmetric), Steps(relatives)]);
        return new(
            Figures.Text($"{Names(relatives)} take more steps to 99 % validation than {Names(symmetric)} (ranks of all seeds, p ≤ {LargestP})"),
            Figures.Text($"p = {trend.PValue:0.0000}"),
            trend.PValue <= LargestP);

        static IReadOnlyList<EventTime> Steps(IReadOnlyList<TrainedGroup> groups) => [.. groups.SelectMany(group => group.StepsToLearn(Equations.Val))];

        static string Names(IReadOnlyList<TrainedGroup> groups) => string.Join(" and ", groups.Select(group => group.Name));
    }

    /// <summary>Judges a symmetric operation against its relative, by how far they come within one budget.</summary>
    public static Finding JudgeAccuracy(TrainedGroup symmetric, TrainedGroup relative)
    {
        double lead = symmetric.BestValAccuracies.Min() - relative.BestValAccuracies.Median();
        return new(
            Figures.Text($"{symmetric.Name}: best validation accuracy of every seed ≥ {100 * LeastPoints:0} points above the median of {relative.Name}"),
            $"{Figures.Points(lead)}: {Figures.Percents(symmetric.BestValAccuracies)} against {Figures.Percents(relative.BestValAccuracies)}",
            lead >= LeastPoints);
    }

    /// <summary>The same by those equations whose mirror does not train: to know that the operation is symmetric is no help there.</summary>
    public static Finding JudgeMirrorFreeAccuracy(TrainedGroup symmetric, TrainedGroup relative)
    {
        IReadOnlyList<double> best = symmetric.BestAccuracies(Equations.MirrorFreeVal);
        double lead = best.Median() - relative.BestValAccuracies.Median();
        return new(
            Figures.Text($"{symmetric.Name}: median of the best accuracy where no mirror trains ≥ {100 * LeastPoints:0} points above that of {relative.Name}"),
            $"{Figures.Points(lead)}: {Figures.Percents(best)} against {Figures.Percents(relative.BestValAccuracies)}",
            lead >= LeastPoints);
    }

    /// <summary>Judges that a run knows more than that the operation is symmetric.</summary>
    public static Finding JudgeBeyondSymmetry(TrainedGroup symmetric)
    {
        double[] known = [.. symmetric.Curves.Select(curve => curve.Final.MirrorFreeValAccuracy ?? 0)];
        return new(
            $"{symmetric.Name}: ≥ {Figures.Percent(LeastBeyondSymmetry)} right at the end of the validation equations whose mirror does not train",
            Figures.Percents(known),
            known.Min() >= LeastBeyondSymmetry);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier switch
    {
        Tier.Quick =>
        [
            QuickSmall.Group("x+y mod 43, 60 % data", QuickSmall.Within(Operations.Add, 0.6)),
            QuickSmall.Group("x-y mod 43, 60 % data", QuickSmall.Of(Operations.Subtract, 0.6)),
            QuickSmall.Group("x·y mod 43, 60 % data", QuickSmall.Within(Operations.Multiply, 0.6)),
            QuickSmall.Group("x/y mod 43, 60 % data", QuickSmall.Of(Operations.Divide, 0.6)),
            Quadratic("x²+xy+y²", Operations.SquaresAndProduct),
            Quadratic("x²+xy+y²+x", Operations.SquaresAndProductPlusX),
        ],
        _ =>
        [
            PaperSize.Group("x+y", Operations.Add, 0.5),
            PaperSize.Group("x-y", Operations.Subtract, 0.5),
            PaperSize.Group("x·y", Operations.Multiply, 0.5),
            PaperSize.Group("x/y", Operations.Divide, 0.5),
            PaperSize.Group("x²+xy+y²", Operations.SquaresAndProduct, 0.8),
            PaperSize.Group("x²+xy+y²+x", Operations.SquaresAndProductPlusX, 0.8),
        ],
    };

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"x-y takes {Figures.Ratio(Advantage(groups[0], groups[1]))} the steps of x+y, x/y {Figures.Ratio(Advantage(groups[2], groups[3]))} those of x·y",
        [
            JudgeSteps([groups[0], groups[2]], [groups[1], groups[3]]),
            JudgeAccuracy(groups[4], groups[5]),
            JudgeMirrorFreeAccuracy(groups[4], groups[5]),
            JudgeBeyondSymmetry(groups[0]),
            JudgeBeyondSymmetry(groups[2]),
            Finding.Refuses("x-y and x/y in the place of x+y and x·y", [JudgeSteps([groups[1], groups[3]], [groups[0], groups[2]])]),
            Finding.Refuses(
                "half of the seeds of each exchanged with its relative",
                [JudgeSteps([groups[0].Woven(groups[1]), groups[3].Woven(groups[2])], [groups[1].Woven(groups[0]), groups[2].Woven(groups[3])])]),
            Finding.Refuses("x²+xy+y²+x in the place of x²+xy+y²", [JudgeAccuracy(groups[5], groups[4])]),
        ]);

    private static MedianRatio Advantage(TrainedGroup symmetric, TrainedGroup relative) =>
        MedianRatio.Of(relative.StepsToLearn(Equations.Val), symmetric.StepsToLearn(Equations.Val));

    private static RunGroup Quadratic(string name, ModularOperation operation) => RunGroup.Seeds(
        Figures.Text($"small model, {name} mod 43, {100 * QuadraticsFraction:0} % data"), QuickSmall.Tuned(operation, QuadraticsFraction), QuadraticsSeeds);
}

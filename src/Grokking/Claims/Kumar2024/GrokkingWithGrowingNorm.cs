using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Kumar2024;

/// <summary>
/// Kumar et al. 2024, Figures 1c and 2, and Gromov 2023: plain gradient descent without any regularisation groks, and the weights grow while it does.
/// </summary>
public sealed class GrokkingWithGrowingNorm : Claim
{
    private const int Seeds = 5;
    private const int Steps = 3000;
    private const double Learnt = 0.95;
    private const double LeastDelay = 1.3;
    private const double LeastGrowth = 1.1;

    /// <inheritdoc/>
    public override string Name => "grokking-with-growing-norm";

    /// <inheritdoc/>
    public override string Statement =>
        "Full-batch gradient descent without momentum, weight decay or any other regularisation memorises x+y first and generalises later, and the weight norm grows from the one to the other.";

    /// <inheritdoc/>
    public override string Source => "Kumar et al. 2024, Figures 1c and 2; Gromov 2023, §3";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "x+y mod 23 on 90 % of the table with 100 quadratic units, as in the paper; the learning rate is 10 of a loss averaged over the outputs, the paper's 100 diverges with it.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Weight norm at the end over that at the start",
            "rises",
            "Figure 2",
            (_, groups) => Figures.Range([.. groups[0].Curves.Select(curve => curve.Final.WeightNorm / curve.Points[0].WeightNorm)], Figures.Times)),
        new(
            Figures.Text($"{100 * Learnt:0} % validation accuracy over {100 * Learnt:0} % training accuracy, in steps"),
            "later",
            "Figure 1c",
            (_, groups) => Figures.Median(groups[0].Lags(Learnt), Figures.Times)),
    ];

    /// <summary>Judges runs of gradient descent.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        MedianTime lag = MedianTime.Of(group.Lags(Learnt));
        return
        [
            Finding.EveryAtLeast($"{group.Name}: best validation accuracy", group.BestValAccuracies, Learnt, Figures.Percent),
            new(
                Figures.Text($"{group.Name}: {100 * Learnt:0} % validation accuracy ≥ {Figures.Times(LeastDelay)} later than {100 * Learnt:0} % training accuracy, median"),
                Figures.Median(group.Lags(Learnt), Figures.Times),
                lag.AtLeast >= LeastDelay),
            Finding.EveryAtLeast(
                Figures.Text($"{group.Name}: weight norm at {100 * Learnt:0} % validation accuracy over that at {100 * Learnt:0} % training accuracy"), Growth(group), LeastGrowth, Figures.Times),
        ];
    }

    /// <summary>Judges that runs of the control memorise.</summary>
    public static Finding JudgeMemorizing(TrainedGroup control)
    {
        ArgumentNullException.ThrowIfNull(control);

        // calibration/results/kumar2024.csv: all thirty-five seeds are at 100 %.
        return Finding.EveryAtLeast($"{control.Name}: best training accuracy", control.BestAccuracies(Equations.Train), Learnt, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment descent = Presets.Doshi2023 with
        {
            Task = Operations.Add with { Modulus = 23 },
            TrainFraction = 0.9,
            Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = 100 },
            Optimizer = new Sgd { LearningRate = 10 },
            Steps = Steps,
        };
        return
        [
            RunGroup.Seeds("x+y mod 23, gradient descent", descent, Seeds),
            RunGroup.Seeds("x³+xy²+y mod 23, gradient descent", descent with { Task = Operations.CubeAndProductOfSquare with { Modulus = 23 } }, Seeds),
        ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Figures.Median(groups[0].Lags(Learnt), Figures.Times)} later, and the norm grows {Figures.Range(Growth(groups[0]), Figures.Times)} in between",
        [.. Judge(groups[0]), JudgeMemorizing(groups[1]), Finding.Refuses("x³+xy²+y", Judge(groups[1]))]);

    // 0 where a run does not generalise.
    private static double[] Growth(TrainedGroup group) =>
    [
        .. group.Curves.Select(curve => NormAt(curve, Equations.Val) is { } generalized && NormAt(curve, Equations.Train) is { } memorized ? generalized / memorized : 0),
    ];

    private static double? NormAt(LearningCurve curve, Equations equations) =>
        curve.Points.FirstOrDefault(point => point.AccuracyOn(equations) >= Learnt)?.WeightNorm;
}

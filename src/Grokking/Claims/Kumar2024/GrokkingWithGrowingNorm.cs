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
    private const double LeastGrowth = 1.5;

    /// <inheritdoc/>
    public override string Name => "grokking-with-growing-norm";

    /// <inheritdoc/>
    public override string Statement =>
        "Full-batch gradient descent without momentum, weight decay or any other regularisation memorises x+y first and generalises later, while the weight norm grows.";

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
            (_, groups) => Figures.Range([.. Growth(groups[0])], Figures.Times)),
        new(
            Figures.Text($"{100 * Learnt:0} % validation accuracy over {100 * Learnt:0} % training accuracy, in steps"),
            "later",
            "Figure 1c",
            (_, groups) => Figures.Times(Delay(groups[0]).AtLeast)),
    ];

    /// <summary>Judges runs of gradient descent.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        MedianRatio delay = Delay(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: best validation accuracy", group.BestValAccuracies, Learnt, Figures.Percent),
            new(
                Figures.Text($"{group.Name}: {100 * Learnt:0} % validation accuracy ≥ {Figures.Times(LeastDelay)} later than {100 * Learnt:0} % training accuracy, by medians"),
                $"≥ {Figures.Times(delay.AtLeast)}",
                delay.AtLeast >= LeastDelay),
            Finding.EveryAtLeast($"{group.Name}: weight norm at the end over that at the start", Growth(group), LeastGrowth, Figures.Times),
        ];
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
        $"≥ {Figures.Times(Delay(groups[0]).AtLeast)} later, and the norm grows {Figures.Range([.. Growth(groups[0])], Figures.Times)}",
        [.. Judge(groups[0]), Finding.Refuses("x³+xy²+y", Judge(groups[1]))]);

    private static MedianRatio Delay(TrainedGroup group) =>
        MedianRatio.Paired(group.StepsTo(Equations.Val, Learnt), group.StepsTo(Equations.Train, Learnt));

    private static double[] Growth(TrainedGroup group) => [.. group.Curves.Select(curve => curve.Final.WeightNorm / curve.Points[0].WeightNorm)];
}

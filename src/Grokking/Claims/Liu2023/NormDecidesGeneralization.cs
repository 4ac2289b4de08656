using Grokking.Configuration;
using Grokking.Optimizers;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Liu2023;

/// <summary>
/// Liu et al. 2023 ("Omnigrok"), Figure 2a: with the weight norm held, training loss over the norm looks like an L and validation loss like a U.
/// </summary>
public sealed class NormDecidesGeneralization : Claim
{
    private const int Seeds = 3;
    private const int Steps = 10_000;
    private const double FitsFrom = 1;
    private const double MostTrainLoss = 1e-4;
    private const double LeastRise = 1e3;
    private const double LeastTrainLossOfSmallest = 1e-3;
    private const double LeastRiseOfSmallest = 10;
    private const double BestFrom = 0.4;
    private const double BestTo = 1.6;

    // Every other of the notebook's 11 scales 10^(−1 … 1), and the start as it is drawn.
    private static readonly double[] s_scales = [0.1, 0.25, 0.63, 1, 1.58, 3.98, 10];

    /// <inheritdoc/>
    public override string Name => "norm-decides-generalization";

    /// <inheritdoc/>
    public override string Statement =>
        "A student whose weight norm is held fits its teacher's examples at every norm that is large enough, and generalises only near one norm: L-shaped training and U-shaped validation loss.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (\"Omnigrok\"), §2, Figure 2a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        TeacherRuns.Deviation,
        "The norm is that of all weights; the released code counts the first layer twice.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        At(0.1, ".0139 and .0162"),
        At(0.25, "6e-4 and 8.8e-4"),
        At(0.63, "3e-6 and 1.05e-4"),
        At(1.58, "0 and 1.5e-3"),
        At(3.98, "0 and .43"),
        At(10, "0 and 9.6"),
    ];

    /// <summary>Judges losses along the norm.</summary>
    /// <param name="scales">α of each group, growing.</param>
    /// <param name="train">The final training loss of each seed of each group.</param>
    /// <param name="val">The same of the validation loss.</param>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<double> scales, IReadOnlyList<double[]> train, IReadOnlyList<double[]> val)
    {
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(val);
        int[] seeds = [.. Enumerable.Range(0, val[0].Length)];
        double[] fits = [.. train.Where((_, i) => scales[i] >= FitsFrom).SelectMany(losses => losses)];
        double[] best = [.. seeds.Select(seed => scales[Enumerable.Range(0, scales.Count).MinBy(i => val[i][seed])])];
        double[] falls = [.. seeds.Select(seed => val[0][seed] / val.Min(losses => losses[seed]))];
        double[] rises = [.. seeds.Select(seed => val[^1][seed] / val.Min(losses => losses[seed]))];
        return
        [
            Finding.EveryAtMost(Figures.Text($"training loss at every norm from × {FitsFrom} on"), fits, MostTrainLoss, Loss),
            new(
                Figures.Text($"validation loss of every seed is least between × {BestFrom} and × {BestTo}"),
                Figures.Range(best, scale => Figures.Text($"× {scale}")),
                best.All(scale => scale is >= BestFrom and <= BestTo)),
            Finding.EveryAtLeast("validation loss at the largest norm over the least one", rises, LeastRise, value => Figures.Text($"{value:N0}×")),
            Finding.EveryAtLeast("training loss at the smallest norm", train[0], LeastTrainLossOfSmallest, Loss),
            Finding.EveryAtLeast("validation loss at the smallest norm over the least one", falls, LeastRiseOfSmallest, value => Figures.Text($"{value:N0}×")),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. s_scales.Select(scale => RunGroup.Seeds(
            Figures.Text($"norm × {scale}"),
            Presets.Liu2023 with
            {
                InitializationScale = scale,
                ConstantNorm = true,
                Optimizer = (AdamW)Presets.Liu2023.Optimizer with { WeightDecay = 0 },
                Steps = Steps,
            },
            Seeds)),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        double[][] train = [.. groups.Select(Train)], val = [.. groups.Select(Val)];
        IReadOnlyList<Finding> findings = Judge(s_scales, train, val);
        return Verdict.Of(
            $"least validation loss at {findings[1].Measured}, {findings[2].Measured} more at × 10",
            [
                .. findings,
                Finding.Refuses("the training losses as validation losses", Judge(s_scales, train, train)),
                Finding.Refuses("the norms in reverse", Judge(s_scales, [.. train.Reverse()], [.. val.Reverse()])),
            ]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new PlaneFigure(
            Figures.Text($"Loss after {Steps:N0} steps at a held norm: L and U (Figure 2a)"),
            new FigureAxis("weight norm over that of the start as drawn", IsLogarithmic: true),
            new FigureAxis("squared error, log scale", IsLogarithmic: true),
            [Series("training", SeriesKind.Train, groups, Train), Series("validation", SeriesKind.Val, groups, Val)]),
    ];

    private static FigureSeries Series(string name, SeriesKind kind, IReadOnlyList<TrainedGroup> groups, Func<TrainedGroup, double[]> losses) => new(
        name,
        kind,
        [.. groups.SelectMany((group, i) => losses(group).Select(loss => new FigurePoint(s_scales[i], loss)))],
        [.. groups.Select((group, i) => new FigurePoint(s_scales[i], losses(group).Median()))]);

    private static PublishedFigure At(double scale, string published) => new(
        Figures.Text($"Training and validation loss at norm × {scale}"),
        published,
        "their notebook's output",
        (_, groups) =>
        {
            TrainedGroup group = groups[Array.IndexOf(s_scales, scale)];
            return $"{Figures.Range(Train(group), Loss)} and {Figures.Range(Val(group), Loss)}";
        });

    private static double[] Train(TrainedGroup group) => [.. group.Curves.Select(curve => curve.Final.TrainLoss)];

    private static double[] Val(TrainedGroup group) => [.. group.Curves.Select(curve => curve.Final.ValLoss)];

    private static string Loss(double loss) => loss >= 0.01 ? Figures.Text($"{loss:0.###}") : Figures.Text($"{loss:0.#e-0}");
}

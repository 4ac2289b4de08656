using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, Figure 2 right: of the three products in S5, x·y needs the least data.</summary>
public sealed class ProductInS5IsEasiest : Claim
{
    // calibration/results/power2022.csv: about one seed of x·y in twenty stays below 90 %, so the median is judged, of so many that most of them are hardly ever of these.
    private const double LeastPoints = 0.2;
    private const double LeastValAccuracy = 0.9;
    private const int SeedsOfHard = 2;
    private const int SeedsOfPaper = 3;

    /// <inheritdoc/>
    public override string Name => "product-in-s5-is-easiest";

    /// <inheritdoc/>
    public override string Statement => "In S5, x·y generalises within a budget in which x·y·x and x·y·x⁻¹ come far less far.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2, Figure 2 right";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.ProductDeviation,
        "One fraction and budget instead of the fraction that generalises within 10⁵ steps; x·y·x and x·y·x⁻¹ are not even memorised by then.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["Half of the table instead of the fraction that generalises within 10⁵ steps."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Best validation accuracy of x·y, x·y·x, x·y·x⁻¹",
            "x·y needs the least data",
            "Figure 2 right",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))),
    ];

    /// <summary>Judges one product against another.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup easy, TrainedGroup hard)
    {
        ArgumentNullException.ThrowIfNull(easy);
        ArgumentNullException.ThrowIfNull(hard);
        double median = easy.BestValAccuracies.Median(), lead = median - hard.BestValAccuracies.Max();
        return
        [
            new(
                $"{easy.Name}: median of the best validation accuracy ≥ {Figures.Percent(LeastValAccuracy)}",
                Figures.Median(easy.BestValAccuracies, Figures.Percent),
                median >= LeastValAccuracy),
            new(
                Figures.Text($"{easy.Name}: median ≥ {100 * LeastPoints:0} points above every seed of {hard.Name}"),
                $"{Figures.Points(lead)}, against {Figures.Percents(hard.BestValAccuracies)}",
                lead >= LeastPoints),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment paper = Presets.Figure2Right with { Stopping = StoppingRule.WhenGeneralized };
        return tier switch
        {
            Tier.Quick =>
            [
                RunGroup.Seeds("small model, x·y in S5", QuickSmall.Product(Operations.Compose), QuickSmall.ProductSeeds),
                RunGroup.Seeds("small model, x·y·x in S5", QuickSmall.Product(Operations.Sandwich), SeedsOfHard),
                RunGroup.Seeds("small model, x·y·x⁻¹ in S5", QuickSmall.Product(Operations.Conjugate), SeedsOfHard),
            ],
            _ =>
            [
                RunGroup.Seeds("x·y in S5", paper with { Task = Operations.Compose }, SeedsOfPaper),
                RunGroup.Seeds("x·y·x in S5", paper with { Task = Operations.Sandwich }, SeedsOfPaper),
                RunGroup.Seeds("x·y·x⁻¹ in S5", paper with { Task = Operations.Conjugate }, SeedsOfPaper),
            ],
        };
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"median of the best validation accuracy of x·y, x·y·x, x·y·x⁻¹: {string.Join(", ", groups.Select(group => Figures.Median(group.BestValAccuracies, Figures.Percent)))}",
        [
            .. Judge(groups[0], groups[1]).Concat(Judge(groups[0], groups[2])).Distinct(),
            Finding.Refuses("x·y·x in the place of x·y", Judge(groups[1], groups[0])),
            Finding.Refuses("x·y beside itself", Judge(groups[0].Halves.Even, groups[0].Halves.Odd)),
        ]);
}

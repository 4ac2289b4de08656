using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, Figure 2 right: of the three products in S5, x·y needs the least data.</summary>
public sealed class ProductInS5IsEasiest : Claim
{
    // Calibration: calibration/results/power2022.csv.
    private const double LeastPoints = 0.2;
    private const double LeastValAccuracy = 0.9;
    private const int Seeds = 3;

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
            (_, groups) => string.Join("; ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))),
    ];

    /// <summary>Judges one product against another.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup easy, TrainedGroup hard)
    {
        ArgumentNullException.ThrowIfNull(easy);
        ArgumentNullException.ThrowIfNull(hard);
        double least = easy.BestValAccuracies.Min(), lead = least - hard.BestValAccuracies.Max();
        return
        [
            new($"{easy.Name}: best validation accuracy ≥ {Figures.Percent(LeastValAccuracy)}, every seed", Figures.Percent(least), least >= LeastValAccuracy),
            new(
                Figures.Text($"{easy.Name}: every seed ≥ {100 * LeastPoints:0} points above every seed of {hard.Name}"),
                Figures.Text($"{100 * lead:+0.0;-0.0} points"),
                lead >= LeastPoints),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment paper = Presets.Figure2Right with { Stopping = StoppingRule.WhenGeneralized };
        string model = tier == Tier.Quick ? "small model, " : "";
        return
        [
            RunGroup.Seeds(model + "x·y in S5", Of(Operations.Compose), Seeds),
            RunGroup.Seeds(model + "x·y·x in S5", Of(Operations.Sandwich), Seeds),
            RunGroup.Seeds(model + "x·y·x⁻¹ in S5", Of(Operations.Conjugate), Seeds),
        ];

        Experiment Of(PermutationOperation product) => tier == Tier.Quick ? QuickSmall.Product(product) : paper with { Task = product };
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"best validation accuracy {string.Join(", ", groups.Select(group => Figures.Percent(group.BestValAccuracies.Max())))} (x·y, x·y·x, x·y·x⁻¹)",
        [
            .. Judge(groups[0], groups[1]).Concat(Judge(groups[0], groups[2])).Distinct(),
            Finding.Refuses("x·y·x in the place of x·y", Judge(groups[1], groups[0])),
        ]);
}

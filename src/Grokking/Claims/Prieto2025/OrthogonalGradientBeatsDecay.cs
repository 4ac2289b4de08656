using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Prieto2025;

/// <summary>
/// Prieto et al. 2025, §5 and Figure 6b: a transformer generalises soonest with the gradient orthogonal to the weights, later with weight decay, and
/// not at all with neither.
/// </summary>
public sealed class OrthogonalGradientBeatsDecay : Claim
{
    private const int Seeds = 2;
    private const int Steps = 4000;
    private const int Modulus = 43;
    private const int Width = 64;
    private const double LearningRate = 3e-3;
    private const double Decay = 1.5;
    private const double Learnt = 0.95;

    /// <inheritdoc/>
    public override string Name => "orthogonal-gradient-beats-decay";

    /// <inheritdoc/>
    public override string Statement =>
        "A one-layer transformer generalises sooner with the gradient orthogonal to the weights than with weight decay, and sooner with decay than without.";

    /// <inheritdoc/>
    public override string Source => "Prieto et al. 2025, §5, Figure 6b";

    /// <inheritdoc/>
    public override string ReportedOnly =>
        "with the orthogonal gradient our transformer only memorises, here, mod 59 and on the first seed at the published size; other positions, biases, widths, numbers of heads and rates and StableMax were tried on one seed. The paper does not describe its layer.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        Figures.Text($"x+y mod {Modulus}, width {Width}, learning rate {LearningRate} and {Steps:N0} updates on {Seeds} seeds instead of mod 113, width 128, 0.001 and 5,000 on one."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        At("⊥AdamW", "about 1,300", 0),
        At(Figures.Text($"AdamW, decay {Decay}"), "about 3,100", 1),
        At("AdamW", "not within 5,000", 2),
    ];

    /// <summary>Judges runs that are said to generalise in this order.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup orthogonal, TrainedGroup decayed, TrainedGroup plain)
    {
        ArgumentNullException.ThrowIfNull(orthogonal);
        ArgumentNullException.ThrowIfNull(decayed);
        ArgumentNullException.ThrowIfNull(plain);
        return
        [
            Sooner(orthogonal, decayed),
            Sooner(decayed, plain),

            // calibration/results/prieto2025.csv: all fourteen seeds are at 100 %.
            Finding.EveryAtLeast($"{plain.Name}: best training accuracy", plain.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        AdamW rule = (AdamW)Presets.Prieto2025.Optimizer with { LearningRate = LearningRate };
        Experiment transformer = Presets.Prieto2025 with
        {
            Task = Operations.Add with { Modulus = Modulus },
            Model = new TransformerConfig { NLayers = 1, DModel = Width },
            Optimizer = rule,
            Stopping = StoppingRule.WhenGeneralized,
            Steps = Steps,
        };
        return
        [
            RunGroup.Seeds("⊥AdamW", transformer with { OrthogonalGradient = true }, Seeds),
            RunGroup.Seeds(Figures.Text($"AdamW, decay {Decay}"), transformer with { Optimizer = rule with { WeightDecay = Decay } }, Seeds),
            RunGroup.Seeds("AdamW", transformer, Seeds),
        ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return Verdict.Of(
            $"95 % validation accuracy at step {string.Join(", ", groups.Select(group => Figures.Median(Times(group))))} with ⊥AdamW, decay and neither (medians)",
            [
                .. Judge(groups[0], groups[1], groups[2]),
                Finding.Refuses("AdamW in the place of ⊥AdamW", Judge(groups[2], groups[1], groups[0])),
            ]);
    }

    private static Finding Sooner(TrainedGroup first, TrainedGroup then)
    {
        MedianRatio ratio = MedianRatio.Of(Times(then), Times(first));
        return new($"{first.Name}: median steps to 95 % validation accuracy fewer than with {then.Name}", Figures.Ratio(ratio), ratio.AtLeast > 1);
    }

    private static IReadOnlyList<EventTime> Times(TrainedGroup group) => group.StepsTo(Equations.Val, Learnt);

    private static PublishedFigure At(string what, string published, int place) =>
        new($"Steps to 95 % validation accuracy, {what}", published, "Figure 6b, read off", (_, groups) => Figures.Median(Times(groups[place])));
}

using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.3: weight decay more than halves the data that is needed compared to most other interventions.</summary>
public sealed class DecayHalvesTheDataNeeded : Claim
{
    // Chance is 1/43. Calibration: calibration/results/power2022.csv.
    private const double EnoughAccuracy = 0.85;

    // As the tiers try them.
    private static readonly Fractions s_quick = new(0.45, 0.9);
    private static readonly Fractions s_paper = new(0.35, 0.7);

    private static string Enough { get; } = Figures.Text($"Enough data is a validation accuracy of {100 * EnoughAccuracy:0} %.");

    /// <inheritdoc/>
    public override string Name => "decay-halves-the-data-needed";

    /// <inheritdoc/>
    public override string Statement =>
        "With weight decay half of the data is enough that is too little for Adam without it, with or without noise or dropout.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.TunedDeviation,
        Figures.Text($"x-y within {QuickSmall.TunedBudget:N0} steps, at {100 * s_quick.WithDecay:0} % of the table with decay and at {100 * s_quick.Without:0} % without, instead of the product in S5 at all fractions."),
        Enough,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        Figures.Text($"S5 at {100 * s_paper.WithDecay:0} % of its table with decay and at {100 * s_paper.Without:0} % without, instead of at all fractions."),
        Enough,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Data needed with weight decay over that without",
            "< ½ for most other interventions",
            "§3.3, Figure 2 left",
            (tier, groups) =>
                $"< {Figures.Text($"{At(tier).WithDecay / At(tier).Without:0.0}")}: {Figures.Percent(groups[0].BestValAccuracies.Min())} or more with decay, {Figures.Percent(groups.Skip(1).Max(group => group.BestValAccuracies.Max()))} or less without"),
    ];

    /// <summary>Judges decay on little data beside others on much.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup decay, IReadOnlyList<TrainedGroup> others)
    {
        ArgumentNullException.ThrowIfNull(decay);
        ArgumentNullException.ThrowIfNull(others);
        double least = decay.BestValAccuracies.Min();
        return
        [
            new($"{decay.Name}: every seed above {Figures.Percent(EnoughAccuracy)} validation accuracy", Figures.Percent(least), least > EnoughAccuracy),
            .. others.Select(other =>
            {
                double most = other.BestValAccuracies.Max();
                return new Finding($"{other.Name}: no seed above {Figures.Percent(EnoughAccuracy)}", Figures.Percent(most), most <= EnoughAccuracy);
            }),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment little = tier == Tier.Quick
            ? QuickSmall.Tuned(Operations.Subtract, At(tier).WithDecay)
            : Presets.Figure2Left with { TrainFraction = At(tier).WithDecay, Stopping = StoppingRule.WhenGeneralized };
        Experiment much = little with
        {
            TrainFraction = At(tier).Without,
            Optimizer = (AdamW)little.Optimizer with { WeightDecay = 0 },
        };
        var adam = (AdamW)much.Optimizer;
        int seeds = tier == Tier.Quick ? QuickSmall.Seeds : 3;
        string model = tier == Tier.Quick ? "small model, x-y, " : "S5, ";
        return
        [
            RunGroup.Seeds(Named("AdamW, decay 1", little), little, seeds),
            RunGroup.Seeds(Named("Adam", much), much, 3),
            RunGroup.Seeds(Named("Adam, update noise", much), much with { Optimizer = adam with { UpdateNoise = 1 } }, 3),
            RunGroup.Seeds(Named("Adam, weight noise 0.01", much), much with { WeightNoise = 0.01 }, 3),
            RunGroup.Seeds(Named("Adam, dropout 0.1", much), much with { Model = (TransformerConfig)much.Model with { Dropout = 0.1 } }, 3),
        ];

        string Named(string what, Experiment experiment) => Figures.Text($"{model}{what}, {100 * experiment.TrainFraction:0} % data");
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Figures.Percent(groups[0].BestValAccuracies.Min())} or more with decay, {Figures.Percent(groups.Skip(1).Max(group => group.BestValAccuracies.Max()))} or less without on twice the data",
        [
            .. Judge(groups[0], [.. groups.Skip(1)]),
            Finding.Refuses("Adam on much data in the place of decay on little", Judge(groups[1], [groups[0]])),
        ]);

    private static Fractions At(Tier tier) => tier == Tier.Quick ? s_quick : s_paper;

    private sealed record Fractions(double WithDecay, double Without);
}

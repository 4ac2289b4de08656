using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>Power et al. 2022, §3.2: x/y where y is odd and x − y elsewhere is one operation too, and generalises, later than either.</summary>
public sealed class MixedOperationGeneralizes : Claim
{
    // Chance is 1/43. Calibration: calibration/results/quick.csv.
    private const double LeastValAccuracy = 0.5;
    private const double LeastDelay = 1.5;
    private const double Threshold = 0.5;

    /// <inheritdoc/>
    public override string Name => "mixed-operation-generalizes";

    /// <inheritdoc/>
    public override string Statement => "[x/y if y is odd, otherwise x-y] generalises with most of the table, later than x/y does.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2, Figure 2 right";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "A learning rate of 1e-2 and 4,000 steps, within which the validation accuracy nears 100 % and need not reach it.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Best validation accuracy of the mixed operation",
            "generalises",
            "§3.2, Figure 2 right",
            (_, groups) => Figures.Range([.. groups[0].BestValAccuracies], Figures.Percent)),
    ];

    /// <summary>Judges the mixed operation beside one of its parts.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup mixed, TrainedGroup part)
    {
        ArgumentNullException.ThrowIfNull(mixed);
        ArgumentNullException.ThrowIfNull(part);
        double least = mixed.BestValAccuracies.Min();
        MedianRatio delay = MedianRatio.Unpaired(mixed.StepsTo(Equations.Val, Threshold), part.StepsTo(Equations.Val, Threshold));
        return
        [
            new($"{mixed.Name}: best validation accuracy ≥ {Figures.Percent(LeastValAccuracy)}, every seed", Figures.Percent(least), least >= LeastValAccuracy),
            new(
                $"{mixed.Name}: median steps to {Figures.Percent(Threshold)} validation ≥ {Figures.Times(LeastDelay)} those of {part.Name}",
                Figures.Times(delay.AtLeast),
                delay.AtLeast >= LeastDelay),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment paper = Presets.PaperText with { Stopping = StoppingRule.WhenGeneralized };
        return tier switch
        {
            Tier.Quick =>
            [
                QuickSmall.Group("[x/y|x-y] mod 43, 90 % data", Quick(Operations.DivideOrSubtract)),
                QuickSmall.Group("x/y mod 43, 90 % data", Quick(Operations.Divide)),
                QuickSmall.Group("x³+xy²+y mod 43, 90 % data", QuickSmall.Within(Operations.CubeAndProductOfSquare, 0.9)),
            ],
            _ =>
            [
                RunGroup.Seeds("[x/y|x-y] mod 97, 80 % data", paper with { Operation = Operations.DivideOrSubtract, TrainFraction = 0.8 }, 3),
                RunGroup.Seeds("x/y mod 97, 80 % data", paper with { Operation = Operations.Divide, TrainFraction = 0.8 }, 3),
                RunGroup.Seeds("x³+xy²+y mod 97, 80 % data", paper with { Operation = Operations.CubeAndProductOfSquare, TrainFraction = 0.8 }, 3),
            ],
        };
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation accuracy {Figures.Range([.. groups[0].BestValAccuracies], Figures.Percent)}",
        [
            .. Judge(groups[0], groups[1]),
            Finding.Refuses($"{groups[2].Name} in its place", Judge(groups[2], groups[1])),
            Finding.Refuses("x/y in its place", Judge(groups[1], groups[0])),
        ]);

    private static Experiment Quick(ModularOperation operation) => QuickSmall.Tuned(operation, 0.9) with { Steps = 4_000 };
}

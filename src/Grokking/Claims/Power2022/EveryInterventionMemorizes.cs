using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, Figure 2 left: every optimiser and every regulariser of the figure learns the training set.</summary>
public sealed class EveryInterventionMemorizes : Claim
{
    private const double GreatestSpread = 10;
    private const string Decade = "A decade from the fastest to the slowest, wherever it begins, instead of 10³ to 10⁴ steps.";
    private const string Control = "small model, Adam, 1/300 of the learning rate";

    /// <inheritdoc/>
    public override string Name => "every-intervention-memorizes";

    /// <inheritdoc/>
    public override string Statement => "All interventions of Figure 2 left learn their training set, the slowest within a decade of steps of the fastest.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, Figure 2 left, A.1.2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "x+y instead of the product in S5, and 99 % training accuracy instead of 100 %.",
        Decade,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["One fraction of S5 instead of all, and 99 % training accuracy instead of 100 %.", Decade];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Steps to learn the training set",
            "10³ to 10⁴ for all optimisation methods",
            "Figure 2 left",
            (_, groups) => Figures.Range([.. groups.SkipLast(1).SelectMany(Steps)], Figures.Steps)),
    ];

    /// <summary>Judges groups of runs, one an intervention: whether each memorises, and how far the slowest is behind the fastest.</summary>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double[] all = [.. groups.SelectMany(Steps)];
        double spread = all.Max() / all.Min();
        return
        [
            .. groups.Select(group => new Finding(
                $"{group.Name}: every seed gets to 99 % training accuracy within its budget",
                "steps " + Figures.Range([.. Steps(group)], Figures.Steps),
                Steps(group).All(double.IsFinite))),
            new(
                Figures.Text($"the slowest seed of all takes ≤ {GreatestSpread:0} times the steps of the fastest"),
                double.IsFinite(spread) ? Figures.Times(spread) : "one never gets there",
                spread <= GreatestSpread),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        IReadOnlyList<RunGroup> interventions = Figure2Left.At(tier).Groups;
        Experiment adam = interventions[Figure2Left.Adam].Experiments[0];
        var optimizer = (AdamW)adam.Optimizer;
        return
        [
            .. interventions,
            RunGroup.Seeds(
                tier == Tier.Quick ? Control : "S5, Adam, 1/300 of the learning rate",
                adam with { Optimizer = optimizer with { LearningRate = optimizer.LearningRate / 300 }, Steps = Math.Min(adam.Steps, 10_000) },
                1),
        ];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        IReadOnlyList<TrainedGroup> interventions = [.. groups.SkipLast(1)];
        return Verdict.Of(
            $"steps to memorise by {interventions.Count} interventions: {Figures.Range([.. interventions.SelectMany(Steps)], Figures.Steps)}",
            [.. Judge(interventions), Finding.Refuses($"{groups[^1].Name}, as one of them", Judge(groups))]);
    }

    // ∞ where a seed does not get there.
    private static IEnumerable<double> Steps(TrainedGroup group) => group.StepsToLearn(Equations.Train).Select(time => time.AtMost);
}

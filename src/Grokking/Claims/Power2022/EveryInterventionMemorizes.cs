using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, Figure 2 left: every optimiser and every regulariser of the figure learns the training set.</summary>
public sealed class EveryInterventionMemorizes : Claim
{
    private const double GreatestSpread = 10;
    private const string Control = "small model, Adam, 1/300 of the learning rate";

    /// <inheritdoc/>
    public override string Name => "every-intervention-memorizes";

    /// <inheritdoc/>
    public override string Statement => "All interventions of Figure 2 left reach 100 % training accuracy, within a decade of steps of one another.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, Figure 2 left, A.1.2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "x+y instead of the product in S5, and 99 % training accuracy instead of 100 %.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Steps to learn the training set",
            "10³ to 10⁴ for all optimisation methods",
            "Figure 2 left",
            (_, groups) => Figures.Range(
                [.. groups.SkipLast(1).SelectMany(group => group.StepsToLearn(Equations.Train)).Select(time => time.AtMost)], Figures.Steps)),
    ];

    /// <summary>Judges groups of runs, one an intervention.</summary>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double middle = MedianTime.Of([.. groups.SelectMany(group => group.StepsToLearn(Equations.Train))]).AtMost;
        return
        [
            .. groups.Select(group =>
            {
                IReadOnlyList<EventTime> steps = group.StepsToLearn(Equations.Train);
                double farthest = steps.Max(time => Math.Max(time.AtMost / middle, middle / time.AtMost));
                return new Finding(
                    $"{group.Name}: every seed at 99 % training, within a factor of {Figures.Text($"{GreatestSpread}")} of the median of all",
                    Figures.Range([.. steps.Select(time => time.AtMost)], Figures.Steps) + " steps",
                    farthest <= GreatestSpread);
            }),
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
        string steps = Figures.Range(
            [.. interventions.SelectMany(group => group.StepsToLearn(Equations.Train)).Select(time => time.AtMost)], Figures.Steps);
        return Verdict.Of(
            $"{interventions.Count} interventions memorise in {steps} steps",
            [.. Judge(interventions), Finding.Refuses(groups[^1].Name, [Judge(groups)[^1]])]);
    }
}

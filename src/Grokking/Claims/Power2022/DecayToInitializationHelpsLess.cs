using Grokking.Curves;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.3: weight decay towards the initialisation is effective too, though less than towards the origin.</summary>
public sealed class DecayToInitializationHelpsLess : Claim
{
    private const double LeastAdvantage = 1.3;

    /// <inheritdoc/>
    public override string Name => "decay-to-initialization-helps-less";

    /// <inheritdoc/>
    public override string Statement =>
        "Weight decay towards the initialisation generalises better than none, and later than decay towards the origin.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.3, Figure 2 left";

    /// <inheritdoc/>
    public override string? ReportedOnly =>
        "the catalogue of claims marks it weak on small models, and on ours its lead over no decay is a few points at one learning rate and none at another.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        "x+y at one fraction and one budget instead of the product in S5 over all fractions.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["One fraction of S5 instead of all."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Best validation accuracy: origin, initialisation, none",
            "effective, but not quite as effective as towards the origin",
            "§3.3",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))),
    ];

    /// <summary>Judges the three ways to decay.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup toOrigin, TrainedGroup toInitialization, TrainedGroup none)
    {
        ArgumentNullException.ThrowIfNull(toOrigin);
        ArgumentNullException.ThrowIfNull(toInitialization);
        ArgumentNullException.ThrowIfNull(none);
        MedianRatio ratio = MedianRatio.Of(toInitialization.StepsToLearn(Equations.Val), toOrigin.StepsToLearn(Equations.Val));
        return
        [
            new(
                $"{toInitialization.Name}: median steps to 99 % validation ≥ {Figures.Times(LeastAdvantage)} those of {toOrigin.Name}",
                Figures.Ratio(ratio),
                ratio.AtLeast >= LeastAdvantage),
            new(
                $"{toInitialization.Name}: best validation accuracy of every seed above every seed of {none.Name}",
                Figures.Lead(toInitialization.BestValAccuracies, none.BestValAccuracies),
                toInitialization.BestValAccuracies.Min() > none.BestValAccuracies.Max()),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        IReadOnlyList<RunGroup> figure = Figure2Left.At(tier).Groups;
        return [figure[Figure2Left.ToOrigin], figure[Figure2Left.ToInitialization], figure[Figure2Left.Adam]];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"best validation accuracy to the origin {Figures.Percents(groups[0].BestValAccuracies)}, to the initialisation {Figures.Percents(groups[1].BestValAccuracies)}, without {Figures.Percents(groups[2].BestValAccuracies)}",
        [
            .. Judge(groups[0], groups[1], groups[2]),
            Finding.Refuses("decay to the origin and to the initialisation exchanged", Judge(groups[1], groups[0], groups[2])),
        ]);
}

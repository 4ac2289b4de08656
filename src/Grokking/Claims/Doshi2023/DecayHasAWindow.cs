using Grokking.Curves;

namespace Grokking.Claims.Doshi2023;

/// <summary>arXiv 2605.20441, and Doshi et al. 2023, Figure 8: a network groks at weight decays of a window, below it not in time and above it not at all.</summary>
public sealed class DecayHasAWindow : Claim
{
    private const int Within = 2;
    private const double LeastVal = 0.99;
    private const double MostVal = 0.2;

    private static readonly double[] s_decays = [0, 0.5, 5, 10, 40, 100];

    /// <inheritdoc/>
    public override string Name => "decay-has-a-window";

    /// <inheritdoc/>
    public override string Statement =>
        "On a training set that is too small without weight decay, a tenth of the right decay leaves an MLP at memorisation and several times too much of it destroys all learning.";

    /// <inheritdoc/>
    public override string Source => "arXiv 2605.20441; Doshi et al. 2023, Figure 8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
        [SmallAddition.Deviation, "30 % of the table, an MLP instead of the source's transformer, so the window lies at larger decays (λ = 0.1 to 2 there)."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Best validation accuracy from the smallest decay to the largest",
            "no grokking below 0.016, 90 to 100 % of the runs from 0.1 to 2, collapse at 10",
            "arXiv 2605.20441",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Percents(group.BestValAccuracies)))),
    ];

    /// <summary>Judges runs from the smallest decay to the largest.</summary>
    /// <param name="below">Decays that are too small.</param>
    /// <param name="inside">Decays of the window.</param>
    /// <param name="above">Decays that are too large.</param>
    public static IReadOnlyList<Finding> Judge(
        IReadOnlyList<TrainedGroup> below, IReadOnlyList<TrainedGroup> inside, IReadOnlyList<TrainedGroup> above)
    {
        ArgumentNullException.ThrowIfNull(below);
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(above);
        return
        [
            .. below.Select(group => Finding.EveryAtLeast(
                $"{group.Name}: training accuracy at the end", group.FinalAccuracies(Equations.Train), LeastVal, Figures.Percent)),
            .. below.Concat(above).Select(group => Finding.EveryAtMost(
                $"{group.Name}: best validation accuracy", group.BestValAccuracies, MostVal, Figures.Percent)),
            .. inside.Select(group => Finding.EveryAtLeast(
                $"{group.Name}: best validation accuracy", group.BestValAccuracies, LeastVal, Figures.Percent)),
            .. above.Select(group => Finding.EveryAtMost(
                $"{group.Name}: training accuracy at the end", group.FinalAccuracies(Equations.Train), MostVal, Figures.Percent)),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. s_decays.Select(decay => SmallAddition.At(0.3, decay))];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        IReadOnlyList<TrainedGroup> below = [.. groups.Take(Within)], inside = [.. groups.Skip(Within).Take(Within)], above = [.. groups.Skip(2 * Within)];
        return Verdict.Of(
            $"{Generalized(inside)} runs generalise inside the window, {Generalized([.. below, .. above])} outside",
            [
                .. Judge(below, inside, above),
                Finding.Refuses("the window and what is below it exchanged", Judge(inside, below, above)),
                Finding.Refuses("the window and what is above it exchanged", Judge(below, above, inside)),
            ]);
    }

    private static string Generalized(IReadOnlyList<TrainedGroup> groups) => Figures.Text(
        $"{groups.Sum(group => group.BestValAccuracies.Count(best => best >= LeastVal))} of {groups.Sum(group => group.Curves.Count)}");
}

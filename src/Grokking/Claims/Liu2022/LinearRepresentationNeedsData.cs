using Grokking.Curves;

namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §3.2 and Figure 4: below a critical training set size the embeddings never become an arithmetic progression.</summary>
public sealed class LinearRepresentationNeedsData : Claim
{
    private const int Seeds = 24;
    private const int Few = 20;
    private const double LinearQuality = 0.95;
    private const double LeastCorrelation = 0.99;
    private const double MostP = 0.01;

    // calibration/results/liu2022.csv: one run of 168 on few pairs does.
    private const double MostOfFew = 0.1;

    // The same file: the least of those 168 runs is at 90 %.
    private const double LeastTrain = 0.8;

    /// <inheritdoc/>
    public override string Name => "linear-representation-needs-data";

    /// <inheritdoc/>
    public override string Statement =>
        "On few training pairs the toy network hardly ever finds the linear representation of its symbols, on many it often does, and then they lie at equal steps.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §3.2, Figure 4";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Read after {ToyAddition.Steps:N0} steps; how many runs get there differs from the paper's three seeds a size, so counts of {Seeds} seeds are compared."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(Figures.Text($"Linear representations on {Few} pairs"), "0 of 3", "their result files of Figure 4b", (_, groups) => Count(groups[0])),
        new(Figures.Text($"Linear representations on {ToyAddition.Many} pairs"), "3 of 3 at 45 and at 54 pairs", "their result files of Figure 4b", (_, groups) => Count(groups[1])),
    ];

    /// <summary>Judges runs on few pairs beside runs on many.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup few, TrainedGroup many)
    {
        ArgumentNullException.ThrowIfNull(few);
        ArgumentNullException.ThrowIfNull(many);
        int linearOfFew = Linear(few).Count;
        double p = FisherTest.PValue(Linear(many).Count, many.Curves.Count, linearOfFew, few.Curves.Count);
        IReadOnlyList<double> correlations = [.. Linear(many).Select(run => many.Of(ToyAddition.Correlation)[run])];
        return
        [
            new(
                Figures.Text($"{few.Name}: at most {100 * MostOfFew:0} % of the runs with a quality index ≥ {LinearQuality}"),
                Count(few),
                linearOfFew <= MostOfFew * few.Curves.Count),
            new(
                Figures.Text($"more of them on {many.Name} than on {few.Name} (Fisher's exact test, p ≤ {MostP})"),
                Figures.Text($"{Count(many)}, p = {p:0.0000}"),
                p <= MostP),
            new(
                Figures.Text($"in each of them |correlation| of embedding and symbol ≥ {LeastCorrelation}"),
                correlations.Count == 0 ? "none" : Figures.Range([.. correlations], value => Figures.Text($"{value:0.000}")),
                correlations.Count > 0 && correlations.All(value => value >= LeastCorrelation)),
            Finding.EveryAtLeast($"{few.Name}: best training accuracy", few.BestAccuracies(Equations.Train), LeastTrain, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [On(Few), On(ToyAddition.Many)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"linear in {Count(groups[0])} runs on few pairs, in {Count(groups[1])} on many",
        [.. Judge(groups[0], groups[1]), Finding.Refuses("few pairs in the place of many", Judge(groups[1], groups[0]))]);

    private static RunGroup On(int pairs) => RunGroup.Seeds(Figures.Text($"{pairs} of {ToyAddition.Pairs} pairs"), ToyAddition.On(pairs) with { Steps = ToyAddition.Steps }, Seeds) with
    {
        Statistics = [ToyAddition.Quality, ToyAddition.Correlation],
    };

    private static IReadOnlyList<int> Linear(TrainedGroup group) =>
        [.. Enumerable.Range(0, group.Curves.Count).Where(run => group.Of(ToyAddition.Quality)[run] >= LinearQuality)];

    private static string Count(TrainedGroup group) => Figures.Text($"{Linear(group).Count} of {group.Curves.Count}");
}

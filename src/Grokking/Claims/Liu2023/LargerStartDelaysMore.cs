using Grokking.Curves;

namespace Grokking.Claims.Liu2023;

/// <summary>Liu et al. 2023 ("Omnigrok"), §2: the larger the weights start, the longer generalisation lags behind memorisation.</summary>
public sealed class LargerStartDelaysMore : Claim
{
    private const double Decay = 0.1;
    private const double LeastGrowth = 3;
    private const double MostP = 0.001;

    // The trend may rest on the largest start alone: neighbours must not be the other way round. In calibration/results/liu2023.txt the two smaller ones are 1.1 to 2.3 times
    // apart, and of nine seeds drawn from all thirty-six below 1 in eight of a thousand draws.
    private const double LeastOfNext = 0.8;

    private static readonly double[] s_scales = [0.5, 1, 2];

    /// <inheritdoc/>
    public override string Name => "larger-start-delays-more";

    /// <inheritdoc/>
    public override string Statement => "The larger the weights of a student start, the more times later it generalises than it memorises.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (\"Omnigrok\"), §2, Figure 2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [TeacherRuns.Deviation, Figures.Text($"Weight decay {Decay} throughout.")];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Steps to generalise over steps to memorise, from the smallest start to the largest",
            "none at × 0.5, growing above × 1",
            "Figure 2",
            (_, groups) => string.Join(", ", groups.Select(Describe))),
    ];

    /// <summary>Judges runs from the smallest start to the largest.</summary>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double growth = Delay(groups[^1]).AtLeast / Delay(groups[^2]).AtMost;
        OrderedTrend trend = OrderedTrend.Test([.. groups.Select(group => group.Lags(TeacherRuns.Learnt))]);
        return
        [
            new(
                Figures.Text($"the delay grows with the start (Jonckheere-Terpstra, p ≤ {MostP})"),
                Figures.Text($"p = {trend.PValue:0.0000}"),
                trend.PValue <= MostP),
            .. groups.Zip(groups.Skip(1), (smaller, larger) => new Finding(
                $"median delay of {larger.Name} ≥ {Figures.Times(LeastOfNext)} that of {smaller.Name}",
                $"{Describe(larger)} and {Describe(smaller)}",
                Delay(larger).AtLeast >= LeastOfNext * Delay(smaller).AtMost)),
            new(
                $"median delay of {groups[^1].Name} ≥ {Figures.Times(LeastGrowth)} that of {groups[^2].Name}",
                Figures.Times(growth),
                growth >= LeastGrowth),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. s_scales.Select(scale => TeacherRuns.At(scale, Decay))];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"generalises {string.Join(", ", groups.Select(Describe))} later",
        [.. Judge(groups), Finding.Refuses("the starts in reverse", Judge([.. groups.Reverse()]))]);

    // Steps to generalise in units of those to memorise.
    private static MedianTime Delay(TrainedGroup group) => MedianTime.Of(group.Lags(TeacherRuns.Learnt));

    private static string Describe(TrainedGroup group) => Figures.Median(group.Lags(TeacherRuns.Learnt), Figures.Times);
}

using Grokking.Curves;
using Grokking.Tasks;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.1.1: the rise of steps as data shrinks is the same on all operations that generalise.</summary>
public sealed class LessDataTakesLongerElsewhere : Claim
{
    // Of five seeds the factor is below its bound in two of a thousand draws.
    private const int QuickSeeds = 7;

    private static readonly double[] QuickFractions = [0.7, 0.6, 0.55, 0.5];
    private static readonly double[] PaperFractions = [0.7, 0.6, 0.5];

    /// <inheritdoc/>
    public override string Name => "less-data-takes-longer-elsewhere";

    /// <inheritdoc/>
    public override string Statement => "x/y too takes more steps to generalise the less of its table it trains on.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.1.1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [QuickSmall.Deviation, "50 to 70 % of the table."];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations => ["x/y alone, at 50 to 70 % of its table, instead of all operations that generalise."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Factor in the median steps to 99 % validation, per percentage point of data less",
            "a similar exponential increase on all tasks",
            "§3.1.1",
            (tier, groups) => Sweep(tier, groups).Factor),
        new(
            "Steps to 99 % training accuracy",
            "fewer with less data",
            "§3.1.1",
            (tier, groups) => "medians " + string.Join(", ", Fractions(tier).Zip(groups, (fraction, group) =>
                Figures.Text($"{Figures.Median(group.StepsToLearn(Equations.Train))} at {100 * fraction:0.#} %")))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. Fractions(tier).Select(fraction => tier == Tier.Quick
            ? RunGroup.Seeds(Figures.Text($"small model, x/y mod 43, {100 * fraction:0.#} % data"), QuickSmall.Of(Operations.Divide, fraction), QuickSeeds)
            : PaperSize.Group("x/y", Operations.Divide, fraction)),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Sweep(tier, groups).Factor} per point of data less",
        [
            .. LessDataTakesLonger.Judge("x/y", Sweep(tier, groups)),
            Finding.Refuses(FractionSweep.MixedRuns, LessDataTakesLonger.Judge("mixed", Sweep(tier, groups).Mixed)),
        ]);

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) => [Sweep(tier, groups).Figure("x/y")];

    private static FractionSweep Sweep(Tier tier, IReadOnlyList<TrainedGroup> groups) => new(Fractions(tier), groups);

    private static double[] Fractions(Tier tier) => tier == Tier.Quick ? QuickFractions : PaperFractions;
}

using Grokking.Curves;

namespace Grokking.Claims.Stander2024;

/// <summary>Stander et al. 2024, §5.1: every network that grokked S_n has neurons that know permutations by their sign.</summary>
public sealed class EveryNetworkKnowsTheSign : Claim
{
    // One unit cannot tell two even operands from two odd ones.
    private const int LeastSignUnits = 2;

    /// <inheritdoc/>
    public override string Name => "every-network-knows-the-sign";

    /// <inheritdoc/>
    public override string Statement =>
        "Every MLP that grokked the product of permutations has hidden units that tell even operands from odd ones and nothing else, and more of them than when it had only memorised.";

    /// <inheritdoc/>
    public override string Source => "Stander et al. 2024, §5.1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        SmallProduct.Deviation,
        Figures.Text($"A unit is of the sign where the concentration on the cosets of the alternating group is below {SmallProduct.SubgroupBound} in both operands."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
        [new("Units of the sign", "in every network", "§5.1", (_, groups) => Counts(groups[0]))];

    /// <summary>Judges networks by their units of the sign, beside the same networks when they had only memorised.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup grokked, TrainedGroup memorized)
    {
        ArgumentNullException.ThrowIfNull(grokked);
        ArgumentNullException.ThrowIfNull(memorized);
        double[] gained = [.. grokked.Of(SmallProduct.SignUnits).Zip(memorized.Of(SmallProduct.SignUnits), (after, before) => after - before)];
        return
        [
            JudgeUnits(grokked),
            Finding.EveryAtLeast($"{grokked.Name}: units of the sign more than when it had only memorised", gained, 1, Figures.Steps),
            Finding.EveryAtLeast($"{grokked.Name}: validation accuracy", grokked.FinalAccuracies(Equations.Val), CurvePoint.LearntAccuracy, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [SmallProduct.Grokked(SmallProduct.SignUnits), SmallProduct.Memorized(SmallProduct.SignUnits)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"units of the sign: {Counts(groups[0])}, before {Counts(groups[1])}",
        [
            .. Judge(groups[0], groups[1]),
            .. SmallProduct.JudgeMemorized(groups[1]),
            Finding.Refuses("networks that have only memorised yet", [JudgeUnits(groups[1])]),
        ]);

    private static Finding JudgeUnits(TrainedGroup group) =>
        Finding.EveryAtLeast($"{group.Name}: units of the sign", group.Of(SmallProduct.SignUnits), LeastSignUnits, Figures.Steps);

    private static string Counts(TrainedGroup group) => Figures.Range([.. group.Of(SmallProduct.SignUnits)], Figures.Steps);
}

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
        "Every MLP that grokked the product of permutations has hidden units that tell even operands from odd ones and nothing else; one that has only memorised has none.";

    /// <inheritdoc/>
    public override string Source => "Stander et al. 2024, §5.1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        SmallProduct.Deviation,
        "A unit is of the sign where the concentration on the cosets of the alternating group is below 0.01 in both operands.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
        [new("Units of the sign", "in every network", "§5.1", (_, groups) => Counts(groups[0]))];

    /// <summary>Judges networks by their units of the sign.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            Finding.EveryAtLeast($"{group.Name}: units of the sign", group.Of(SmallProduct.SignUnits), LeastSignUnits, Figures.Steps),
            Finding.EveryAtLeast($"{group.Name}: validation accuracy", group.FinalAccuracies(Equations.Val), CurvePoint.LearntAccuracy, Figures.Percent),
        ];
    }

    /// <summary>Judges networks that have only memorised.</summary>
    public static IReadOnlyList<Finding> JudgeMemorized(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [Finding.EveryAtMost($"{group.Name}: units of the sign", group.Of(SmallProduct.SignUnits), 0, Figures.Steps)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [SmallProduct.Grokked(SmallProduct.SignUnits), SmallProduct.Memorized(SmallProduct.SignUnits)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"{Counts(groups[0])} units of the sign, {Counts(groups[1])} before",
        [
            .. Judge(groups[0]),
            .. JudgeMemorized(groups[1]),
            Finding.Refuses("networks that have only memorised yet", Judge(groups[1])),
            Finding.Refuses("networks that grokked as ones that only memorised", JudgeMemorized(groups[0])),
        ]);

    private static string Counts(TrainedGroup group) => Figures.Range([.. group.Of(SmallProduct.SignUnits)], Figures.Steps);
}

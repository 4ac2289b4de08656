using Grokking.Curves;

namespace Grokking.Claims.Liu2023;

/// <summary>Liu et al. 2023 ("Omnigrok"), Figure 2b: from a large start weight decay decides whether and when a student generalises, from a small one it does not matter.</summary>
public sealed class LargeStartNeedsDecay : Claim
{
    private const double Large = 2;
    private const double Small = 0.5;
    private const double Little = 0.1;
    private const double Much = 1;
    private const double NotGeneralized = 0.9;
    private const double LeastRatio = 4;
    private const double LatestFromSmall = 4_000;

    /// <inheritdoc/>
    public override string Name => "large-start-needs-decay";

    /// <inheritdoc/>
    public override string Statement =>
        "A student that starts with doubled weights does not generalise without weight decay, late with little and soon with much; one that starts with halved weights generalises soon with any.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (\"Omnigrok\"), §2, Figure 2b";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
        [TeacherRuns.Deviation, Figures.Text($"Decays 0, {Little} and {Much} instead of 0, 0.03 and 1, and {TeacherRuns.StepsWithoutDecay:N0} steps instead of 100,000 without decay.")];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Validation accuracy from a doubled start without decay", "never generalises", "Figure 2b", (_, groups) => Figures.Percents(groups[0].BestValAccuracies)),
        new("The same with little decay, and with much", "late, and fast", "Figure 2b", (_, groups) => $"{At(groups[1])} and {At(groups[2])}"),
        new(
            "From a halved start",
            "always fast",
            "Figure 2b",
            (_, groups) => string.Join(", ", groups.Skip(3).Select(At))),
    ];

    /// <summary>Judges runs from a large start, without decay, with little and with much of it.</summary>
    public static IReadOnlyList<Finding> JudgeLarge(TrainedGroup none, TrainedGroup little, TrainedGroup much)
    {
        ArgumentNullException.ThrowIfNull(none);
        ArgumentNullException.ThrowIfNull(little);
        ArgumentNullException.ThrowIfNull(much);
        MedianRatio ratio = MedianRatio.Of(little.StepsTo(Equations.Val, TeacherRuns.Learnt), much.StepsTo(Equations.Val, TeacherRuns.Learnt));
        return
        [
            Finding.EveryAtLeast($"{none.Name}: training accuracy at the end", none.FinalAccuracies(Equations.Train), TeacherRuns.Learnt, Figures.Percent),
            Finding.EveryAtMost($"{none.Name}: best validation accuracy", none.BestValAccuracies, NotGeneralized, Figures.Percent),
            Finding.EveryAtLeast($"{little.Name}: best validation accuracy", little.BestValAccuracies, TeacherRuns.Learnt, Figures.Percent),
            new(
                $"{much.Name}: median steps to generalise at least {Figures.Times(LeastRatio)} fewer than with {little.Name}",
                Figures.Ratio(ratio),
                ratio.AtLeast >= LeastRatio),
        ];
    }

    /// <summary>Judges runs from a small start, one group a decay.</summary>
    public static IReadOnlyList<Finding> JudgeSmall(params IReadOnlyList<TrainedGroup> groups) =>
    [
        .. groups.Select(group => Finding.EveryAtMost(
            $"{group.Name}: steps to generalise", [.. group.StepsTo(Equations.Val, TeacherRuns.Learnt).Select(time => time.AtMost)], LatestFromSmall, Figures.Steps)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        TeacherRuns.At(Large, 0), TeacherRuns.At(Large, Little), TeacherRuns.At(Large, Much),
        TeacherRuns.At(Small, 0), TeacherRuns.At(Small, Little), TeacherRuns.At(Small, Much),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"doubled start: {string.Join(", ", groups.Take(3).Select(At))}; halved: {string.Join(", ", groups.Skip(3).Select(At))}",
        [
            .. JudgeLarge(groups[0], groups[1], groups[2]),
            .. JudgeSmall([.. groups.Skip(3)]),
            Finding.Refuses("the halved start as the doubled one", JudgeLarge(groups[3], groups[4], groups[5])),
            Finding.Refuses("the doubled start as the halved one", JudgeSmall(groups[1])),
        ]);

    private static string At(TrainedGroup group) => Figures.Median(group.StepsTo(Equations.Val, TeacherRuns.Learnt));
}

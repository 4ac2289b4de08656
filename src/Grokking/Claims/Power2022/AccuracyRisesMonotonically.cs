using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Tasks;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.1: while the validation loss goes up and down, validation accuracy only rises.</summary>
public sealed class AccuracyRisesMonotonically : Claim
{
    // Evaluations that are averaged before a fall is measured, and the fall that still counts as none.
    private const int Smoothing = 3;
    private const double GreatestFall = 0.05;

    /// <inheritdoc/>
    public override string Name => "accuracy-rises-monotonically";

    /// <inheritdoc/>
    public override string Statement => "Until it reaches 99 %, validation accuracy does not fall, whatever the validation loss does.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.1";

    /// <inheritdoc/>
    public override string? ReportedOnly =>
        "it does not hold in our runs: spikes of the training loss throw validation accuracy back on the way, of the paper's own model with weight decay in nearly every run and without it in most, and with equal batches and clipped gradients in some.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "x+y at 30 % and x-y at 50 % of the table by AdamW with decay 1, and x+y at 50 % by Adam, which does not get to 99 %, instead of x/y at 50 % by Adam.",
        QuickHeadline.Deviation,
        QuickSmall.Deviation,
        .. PaperDeviations,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
        [Figures.Text($"Means of {Smoothing} evaluations on a geometric grid of steps, of which a fall of {100 * GreatestFall:0} points counts as none.")];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Largest fall of validation accuracy before 99 %",
            "none observed",
            "§3.1",
            (_, groups) => string.Join("; ", groups.Select(group => $"{group.Name}: {Figures.Range(Falls(Accuracies(group)), Points)}"))),
    ];

    /// <summary>Judges the validation accuracies of several runs.</summary>
    /// <param name="what">What they are runs of.</param>
    /// <param name="accuracies">Of each run: those of its evaluations, in their order.</param>
    public static IReadOnlyList<Finding> Judge(string what, IReadOnlyList<IReadOnlyList<double>> accuracies) =>
        [Finding.EveryAtMost($"{what}: largest fall of validation accuracy", Falls(accuracies), GreatestFall, Points)];

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier == Tier.Quick
        ?
        [
            RunGroup.Seeds("paper's model, x+y mod 97, 30 % data", QuickHeadline.Add(0.3), QuickHeadline.Seeds),
            QuickSmall.Group("x-y mod 43, 50 % data", QuickSmall.Of(Operations.Subtract, 0.5)),
            RunGroup.Seeds("paper's model, x+y mod 97, 50 % data, Adam", QuickHeadline.WithoutDecay, QuickHeadline.Seeds),
        ]
        : [RunGroup.Seeds("x/y mod 97, 50 % data, Adam", Presets.Figure1Left, 3)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"falls by {Figures.Range([.. groups.SelectMany(group => Falls(Accuracies(group)))], Points)} on its way",
        [
            .. groups.SelectMany(group => Judge(group.Name, Accuracies(group))),
            Finding.Refuses("the same runs from their end to their start", Judge("reversed", [.. Accuracies(groups[0]).Select(run => run.Reverse().ToArray())])),
        ]);

    // Up to the step that has 99 %.
    private static IReadOnlyList<IReadOnlyList<double>> Accuracies(TrainedGroup group) =>
    [
        .. group.Curves.Select(curve =>
        {
            int end = curve.FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).By ?? curve.LastStep;
            return curve.Points.TakeWhile(point => point.Step <= end).Select(point => point.ValAccuracy).ToArray();
        }),
    ];

    private static string Points(double share) => Figures.Text($"{100 * share:0.0} points");

    private static double[] Falls(IReadOnlyList<IReadOnlyList<double>> accuracies) => [.. accuracies.Select(Fall)];

    // From the highest mean so far.
    private static double Fall(IReadOnlyList<double> accuracies)
    {
        double highest = 0, fall = 0;
        for (int i = 0; i + Smoothing <= accuracies.Count; i++)
        {
            double mean = accuracies.Skip(i).Take(Smoothing).Average();
            highest = Math.Max(highest, mean);
            fall = Math.Max(fall, highest - mean);
        }

        return fall;
    }
}

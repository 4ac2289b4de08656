using Grokking.Analysis;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Gromov2023;

/// <summary>Gromov 2023, §4, and Doshi et al. 2023, Figure 2: hidden units turn periodic from the start, before the validation accuracy moves.</summary>
public sealed class UnitsBecomePeriodicFirst : Claim
{
    private const int Seeds = 3;
    private const int Early = 20;
    private const int End = 100;
    private const double LeastEarlyRise = 1.2;
    private const double MostEarlyVal = 0.1;
    private const double LeastRise = 3;

    private static readonly WeightStatistic s_ratio = new(
        "meanInverseParticipationRatio",
        (experiment, run) => UnitPeriodicity.Ratios(HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span)).Average());

    /// <inheritdoc/>
    public override string Name => "units-become-periodic-first";

    /// <inheritdoc/>
    public override string Statement =>
        "The inverse participation ratio of the hidden units' Fourier spectra rises while the validation accuracy is still below 10 %, and many times over until the end.";

    /// <inheritdoc/>
    public override string Source => "Gromov 2023, §4; Doshi et al. 2023, Figure 2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => ["Read after the first update and at two later steps of a run instead of all along."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Step of 99 % validation accuracy", "42", "notebook of Doshi et al. 2023", (_, groups) => Figures.Median(groups[2].StepsToLearn(Equations.Val))),
        new("Step of 99 % training accuracy", "18 to 24", "notebook of Doshi et al. 2023", (_, groups) => Figures.Median(groups[2].StepsToLearn(Equations.Train))),
        new(
            "Mean inverse participation ratio, start to end",
            "rises from the start on",
            "Gromov 2023, §4",
            (_, groups) => string.Join(", ", groups.Take(3).Select(Ratios))),
    ];

    /// <summary>Judges networks at the start, early and at the end of one run.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup start, TrainedGroup early, TrainedGroup end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(early);
        ArgumentNullException.ThrowIfNull(end);
        IReadOnlyList<double> initial = start.Of(s_ratio);
        return
        [
            Finding.EveryAtMost($"{early.Name}: validation accuracy", early.FinalAccuracies(Equations.Val), MostEarlyVal, Figures.Percent),
            Finding.EveryAtLeast($"{early.Name}: ratio over that after the first update", Rises(early), LeastEarlyRise, Figures.Times),
            Finding.EveryAtLeast($"{end.Name}: ratio over that after the first update", Rises(end), LeastRise, Figures.Times),
        ];

        double[] Rises(TrainedGroup later) => [.. later.Of(s_ratio).Zip(initial, (ratio, first) => ratio / first)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        At("x+y, step 1", Presets.Doshi2023, 1),
        At(Figures.Text($"x+y, step {Early}"), Presets.Doshi2023, Early),
        At(Figures.Text($"x+y, step {End}"), Presets.Doshi2023, End),
        At(Figures.Text($"x³+xy²+y, step {End}"), Presets.Doshi2023 with { Task = Operations.CubeAndProductOfSquare }, End),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"mean ratio {string.Join(", ", groups.Take(3).Select(Ratios))}",
        [
            .. Judge(groups[0], groups[1], groups[2]),
            Finding.Refuses("x³+xy²+y at the end of as many steps, which never generalises,", Judge(groups[0], groups[1], groups[3])),
        ]);

    private static RunGroup At(string name, Experiment experiment, int steps) =>
        RunGroup.Seeds(name, experiment with { Steps = steps }, Seeds) with { Statistics = [s_ratio] };

    private static string Ratios(TrainedGroup group) => Figures.Range([.. group.Of(s_ratio)], ratio => Figures.Text($"{ratio:0.00}"));
}

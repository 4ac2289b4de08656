using Grokking.Analysis;
using Grokking.Configuration;
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

    /// <summary>Judges networks at the start and early in the same run.</summary>
    public static IReadOnlyList<Finding> JudgeEarly(TrainedGroup start, TrainedGroup early)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(early);
        return
        [
            Finding.EveryAtMost($"{early.Name}: validation accuracy", early.FinalAccuracies(Equations.Val), MostEarlyVal, Figures.Percent),
            JudgeRise(start, early, LeastEarlyRise),
        ];
    }

    /// <summary>Judges networks at the start and at the end of the same run.</summary>
    public static Finding JudgeEnd(TrainedGroup start, TrainedGroup end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        return JudgeRise(start, end, LeastRise);
    }

    /// <summary>Judges that networks of the control have memorised.</summary>
    public static Finding JudgeMemorizing(TrainedGroup control)
    {
        ArgumentNullException.ThrowIfNull(control);

        // calibration/results/gromov2023.csv: all twenty-one seeds are at 100 %.
        return Finding.EveryAtLeast($"{control.Name}: best training accuracy", control.BestAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        At("x+y, step 1", Presets.Doshi2023, 1),
        At(Figures.Text($"x+y, step {Early}"), Presets.Doshi2023, Early),
        At(Figures.Text($"x+y, step {End}"), Presets.Doshi2023, End),
        At("x³+xy²+y, step 1", Control, 1),
        At(Figures.Text($"x³+xy²+y, step {End}"), Control, End),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"mean ratio {string.Join(", ", groups.Take(3).Select(Ratios))}",
        [
            .. JudgeEarly(groups[0], groups[1]),
            JudgeEnd(groups[0], groups[2]),
            JudgeMemorizing(groups[4]),
            Finding.Refuses("x³+xy²+y at the end of as many steps, which never generalises,", [JudgeEnd(groups[3], groups[4])]),
        ]);

    private static Experiment Control => Presets.Doshi2023 with { Task = Operations.CubeAndProductOfSquare };

    private static Finding JudgeRise(TrainedGroup start, TrainedGroup later, double least) => Finding.EveryAtLeast(
        $"{later.Name}: ratio over that after the first update", [.. later.Of(s_ratio).Zip(start.Of(s_ratio), (ratio, first) => ratio / first)], least, Figures.Times);

    private static RunGroup At(string name, Experiment experiment, int steps) =>
        RunGroup.Seeds(name, experiment with { Steps = steps }, Seeds) with { Statistics = [s_ratio] };

    private static string Ratios(TrainedGroup group) => Figures.Range([.. group.Of(s_ratio)], ratio => Figures.Text($"{ratio:0.00}"));
}

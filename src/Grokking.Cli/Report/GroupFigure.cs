using System.Globalization;
using Grokking.Claims;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Cli.Report;

/// <summary>What the figure of one group shows, whether it is drawn as SVG or by script: every point of every seed, and nothing between them.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Seeds">One a run.</param>
/// <param name="Curves">One a run, in the order of <paramref name="Seeds"/>.</param>
/// <param name="Axis">The steps; the same for all groups of a claim, so that they can be compared.</param>
/// <param name="LossUnit">What the loss is measured in, "nats" or "squared error".</param>
/// <param name="LossEnd">The upper end of the loss axis.</param>
/// <param name="ChanceLoss">The loss of a uniform guess among the task's answers; null in a regression, which has none to guess among.</param>
internal sealed record GroupFigure(
    string Name, IReadOnlyList<ulong> Seeds, IReadOnlyList<LearningCurve> Curves, LogAxis Axis, string LossUnit, double LossEnd, double? ChanceLoss)
{
    /// <summary>Median steps to 99 % training accuracy.</summary>
    public MedianTime Memorized => MedianTime.Of(Times(Equations.Train));

    /// <summary>Median steps to 99 % validation accuracy.</summary>
    public MedianTime Generalized => MedianTime.Of(Times(Equations.Val));

    /// <summary>The figures of a claim's groups.</summary>
    public static IReadOnlyList<GroupFigure> Of(ClaimRun run)
    {
        LogAxis axis = LogAxis.Covering(run.Groups.SelectMany(group => group.Curves).Select(curve => curve.LastStep).DefaultIfEmpty(2).Max());
        return
        [
            .. run.Groups.Where(group => group.Curves.Count > 0).Select(group =>
            {
                double? chance = ChanceLossOf(group.Experiments[0]);
                double highest = group.Curves.SelectMany(curve => curve.Points).Select(point => point.ValLoss).Where(double.IsFinite).Append(chance ?? 0).Max();
                return new GroupFigure(
                    group.Name,
                    [.. group.Experiments.Select(experiment => experiment.Seed)],
                    group.Curves,
                    axis,
                    group.Experiments[0].Loss == LossKind.SquaredError ? "squared error" : "nats",
                    RoundUp(highest * 1.05),
                    chance);
            }),
        ];
    }

    /// <summary>When the seeds memorised and generalised, in words.</summary>
    public string InWords()
    {
        string seeds = Curves.Count == 1 ? "1 seed" : string.Create(CultureInfo.InvariantCulture, $"{Curves.Count} seeds");
        return $"{seeds}; 99 % training {InWords(Equations.Train)}, 99 % validation {InWords(Equations.Val)}";
    }

    // Under squared error a uniform guess is the mean of all answers' vectors: of n one-hot ones, or of n Gaussian ones.
    private static double? ChanceLossOf(Experiment experiment)
    {
        double n = experiment.Task.AnswerCount;
        return (experiment.Loss, experiment.TemplateWidth) switch
        {
            _ when experiment.Task.IsRegression => null,
            (LossKind.SquaredError, null) => (n - 1) / (n * n),
            (LossKind.SquaredError, _) => (n - 1) / n,
            _ => Numerics.Elementary.Log(n),
        };
    }

    private string InWords(Equations equations)
    {
        EventTime[] times = Times(equations);
        double[] observed = [.. times.Where(time => !time.IsCensored).Select(time => time.Time).Order()];
        return (observed.Length, observed.Length == times.Length) switch
        {
            (0, _) => "never",
            (1, true) => string.Create(CultureInfo.InvariantCulture, $"at step {observed[0]:N0}"),
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"at steps {observed[0]:N0} to {observed[^1]:N0}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"in {observed.Length} of {times.Length}, first at step {observed[0]:N0}"),
        };
    }

    private EventTime[] Times(Equations equations) =>
        [.. Curves.Select(curve => curve.FirstCrossing(equations, CurvePoint.LearntAccuracy).Within(curve.Budget))];

    // To 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten.
    private static double RoundUp(double value)
    {
        double power = 1;
        while (power * 10 < value)
        {
            power *= 10;
        }

        while (power > value && power > 1e-9)
        {
            power /= 10;
        }

        double[] digits = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
        return power * digits.First(digit => digit == 10 || power * digit >= value);
    }
}

using Grokking.Cli.Compare;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Compare;

/// <summary>Runs of which only the step of 99 % validation accuracy is of interest.</summary>
internal static class TypedRuns
{
    public const int Budget = 1000;

    public static Experiment Baseline { get; } = Presets.Small with { Steps = Budget };

    /// <summary>A run that generalises at a step, or never (null).</summary>
    public static ComparedRun Run(Experiment experiment, int? generalized, string engine = "cpu-1") =>
        ComparedRun.Of(engine, experiment, Curve(generalized, experiment.Steps));

    /// <summary>Runs with seeds 0, 1, … that generalise at these steps.</summary>
    public static IReadOnlyList<ComparedRun> Seeds(Experiment experiment, params int?[] generalized) =>
        [.. generalized.Select((step, seed) => Run(experiment with { Seed = (ulong)seed }, step))];

    private static LearningCurve Curve(int? generalized, int budget)
    {
        List<CurvePoint> points = [new(0, 3.8, 0.01, 3.8, 0.01, null, 40)];
        if (generalized is > 1)
        {
            points.Add(new(generalized.Value - 1, 0.1, 1, 2, 0.5, null, 40));
        }

        points.Add(generalized is { } step ? new(step, 0.1, 1, 0.1, 0.995, null, 40) : new(budget, 0.1, 1, 2, 0.5, null, 40));
        return new LearningCurve(points, budget, generalized is null ? RunOutcome.BudgetSpent : RunOutcome.Generalized);
    }
}

using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Cli.Sweeps;

/// <summary>The runs of a plan that have ended, as tables.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="Runs">One for each variation; null for one that has not ended.</param>
internal sealed record SweepResult(SweepPlan Plan, IReadOnlyList<TrainedRun?> Runs)
{
    /// <summary>The number of runs that ended.</summary>
    public int Ended => Runs.Count(run => run is not null);

    /// <summary>One row for each run that ended: what sets it apart, its seed, when it learnt which set, and where the result comes from.</summary>
    public Table ByRun()
    {
        string[] keys = [.. Plan.Variations[0].Varied.Select(each => each.Key).Where(key => !SweepPlan.IsSeed(key))];
        var table = new Table([.. keys, "Seed", "Train 99 %", "Val 99 %", "Final train", "Final val", "Last step", "Ended", "Result"]);
        for (int i = 0; i < Runs.Count; i++)
        {
            if (Runs[i] is { } run)
            {
                table.Add([.. Settings(Plan.Variations[i]), FormattableString.Invariant($"{Plan.Variations[i].Experiment.Seed}"), .. Cells(run)]);
            }
        }

        return table;
    }

    /// <summary>One row for each setting over its seeds: how many generalised, and the median step at which they did.</summary>
    public Table OverSeeds()
    {
        string[] keys = [.. Plan.Variations[0].Varied.Select(each => each.Key).Where(key => !SweepPlan.IsSeed(key))];
        var table = new Table([.. keys, "n", "Generalised", "Median step"]);
        foreach (IGrouping<string, int> setting in Enumerable.Range(0, Runs.Count)
            .Where(i => Runs[i] is not null)
            .GroupBy(i => string.Join('\n', Settings(Plan.Variations[i]).Select(cell => cell.Text)), StringComparer.Ordinal))
        {
            LearningCurve[] curves = [.. setting.Select(i => Runs[i]!.Curve)];
            EventTime[] times = [.. curves.Select(curve => curve.FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).Within(curve.Budget))];
            var median = MedianTime.Of(times);
            table.Add(
            [
                .. Settings(Plan.Variations[setting.First()]),
                FormattableString.Invariant($"{curves.Length}"),
                FormattableString.Invariant($"{times.Count(time => !time.IsCensored)}"),
                FormattableString.Invariant($"{(median.Value is null ? "> " : "")}{median.AtLeast}"),
            ]);
        }

        return table;
    }

    private static IEnumerable<Cell> Settings(ExperimentVariation variation) =>
        variation.Varied.Where(each => !SweepPlan.IsSeed(each.Key)).Select(each => (Cell)each.Value);

    private static IEnumerable<Cell> Cells(TrainedRun run)
    {
        LearningCurve curve = run.Curve;
        return
        [
            Crossing(curve, Equations.Train),
            Crossing(curve, Equations.Val),
            FormattableString.Invariant($"{100 * curve.Final.TrainAccuracy:F1} %"),
            FormattableString.Invariant($"{100 * curve.Final.ValAccuracy:F1} %"),
            FormattableString.Invariant($"{curve.LastStep}"),
            curve.Outcome switch
            {
                RunOutcome.Generalized => "generalised",
                RunOutcome.Diverged => "diverged",
                _ => "budget",
            },
            run.Origin switch
            {
                RunOrigin.Cached => "(cached)",
                RunOrigin.Resumed => "(resumed)",
                _ => "trained",
            },
        ];
    }

    // Of a crossing that was not seen it is known only that it comes after the last step.
    private static Cell Crossing(LearningCurve curve, Equations equations) =>
        curve.FirstCrossing(equations, CurvePoint.LearntAccuracy).By is { } step ? FormattableString.Invariant($"{step}") : FormattableString.Invariant($"> {curve.LastStep}");
}

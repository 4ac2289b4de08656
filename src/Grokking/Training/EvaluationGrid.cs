using Grokking.Curves;

namespace Grokking.Training;

/// <summary>The steps at which a run is evaluated: 0, then a geometric grid (1, 2, 3, … where it is finer than a step), then the budget.</summary>
internal static class EvaluationGrid
{
    /// <summary>The first evaluation after <paramref name="step"/>.</summary>
    /// <param name="step">An evaluated step, ≥ 0.</param>
    /// <param name="growth">Ratio of consecutive steps, &gt; 1.</param>
    /// <param name="budget">The last step of the run, evaluated whatever the grid.</param>
    public static int Next(int step, double growth, int budget) => (int)Math.Min(Math.Max(step + 1, Math.Ceiling(step * growth)), budget);

    /// <summary>The step of a run's next evaluation; null when its budget is spent and evaluated.</summary>
    /// <param name="points">Its evaluations so far.</param>
    /// <param name="experiment">The run.</param>
    public static int? NextAfter(IReadOnlyList<CurvePoint> points, Experiment experiment)
    {
        if (points.Count == 0)
        {
            return 0;
        }

        // The step at the budget is the last of the grid and is its own successor there.
        int last = points[^1].Step;
        return last == experiment.Steps ? null : Next(last, experiment.EvaluationGrowth, experiment.Steps);
    }
}

namespace Grokking.Training;

/// <summary>The steps at which a run is evaluated: 0, then a geometric grid (1, 2, 3, … where it is finer than a step), then the budget.</summary>
internal static class EvaluationGrid
{
    /// <summary>The first evaluation after <paramref name="step"/>.</summary>
    /// <param name="step">An evaluated step, ≥ 0.</param>
    /// <param name="growth">Ratio of consecutive steps, &gt; 1.</param>
    /// <param name="budget">The last step of the run, evaluated whatever the grid.</param>
    public static int Next(int step, double growth, int budget) => (int)Math.Min(Math.Max(step + 1, Math.Ceiling(step * growth)), budget);
}

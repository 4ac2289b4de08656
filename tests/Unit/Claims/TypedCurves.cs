using Grokking.Claims;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Claims;

/// <summary>Curves for the judges, from the few numbers that a judge reads.</summary>
internal static class TypedCurves
{
    /// <summary>
    /// A run that memorises at one step and generalises at another, or never (null). In between its validation accuracy is that at memorisation and
    /// its validation loss at the peak; at the end it is at <paramref name="finalLoss"/>.
    /// </summary>
    public static LearningCurve Curve(
        int? memorized, int? generalized, double valAtMemorization = 0.05, double peakLoss = 6, double finalLoss = 0.1, int budget = 10_000)
    {
        List<CurvePoint> points = [new(0, 3.8, 0.01, 3.8, 0.01, null, 40)];
        if (memorized is { } train)
        {
            points.Add(new(train, 0.05, 0.99, peakLoss, valAtMemorization, valAtMemorization, 41));
        }

        if (generalized is { } val)
        {
            points.Add(new(val, 0.001, memorized is null ? 0.5 : 1, finalLoss, 0.99, 0.99, 30));
        }
        else
        {
            points.Add(new(budget, 0.001, memorized is null ? 0.5 : 1, finalLoss, valAtMemorization, valAtMemorization, 30));
        }

        return new LearningCurve(points, budget, generalized is null ? RunOutcome.BudgetSpent : RunOutcome.Generalized);
    }

    /// <summary>Runs that memorise at step 100 and generalise at these steps; −1 is never.</summary>
    public static TrainedGroup Group(string name, int budget, params int[] generalized) =>
        new(name, [.. generalized.Select(step => Curve(100, step < 0 ? null : step, budget: budget))]);

    /// <summary>Fails unless exactly the finding at this place does not hold; −1 for none.</summary>
    public static void AssertOnlyFails(int place, IReadOnlyList<Finding> findings) =>
        Assert.Equal(Enumerable.Range(0, findings.Count).Where(i => i == place), Enumerable.Range(0, findings.Count).Where(i => !findings[i].Holds));
}

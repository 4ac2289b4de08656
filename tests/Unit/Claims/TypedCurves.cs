using Grokking.Claims;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Training;

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
        List<CurvePoint> points = [new(0, 3.8, 0.01, 3.8, 0.01, 0.01, 40)];
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

    /// <summary>A run that is untrained at step 0, has these training and validation accuracies at these steps, and ends with the last of them.</summary>
    public static LearningCurve Accuracies(params IReadOnlyList<(int Step, double Train, double Val)> points) => new(
        [new(0, 3.8, 0.01, 3.8, 0.01, null, 40), .. points.Select(point => new CurvePoint(point.Step, 0.1, point.Train, 0.1, point.Val, null, 40))],
        points[^1].Step,
        RunOutcome.BudgetSpent);

    /// <summary>A run whose first update is infinite: nothing is left of it but the network untrained.</summary>
    public static LearningCurve Diverged { get; } = new([new(0, 3.8, 0.01, 3.8, 0.01, 0.01, 40)], 10_000, RunOutcome.Diverged);

    /// <summary>The group with a statistic of its weights, one value a run.</summary>
    public static TrainedGroup With(this TrainedGroup group, string statistic, params IReadOnlyList<double> values) => group with
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(group.Statistics, StringComparer.Ordinal) { [statistic] = values },
    };

    /// <summary>Runs that memorise at step 100 and generalise at these steps; −1 is never.</summary>
    public static TrainedGroup Group(string name, int budget, params int[] generalized) =>
        new(name, [.. generalized.Select(step => Curve(100, step < 0 ? null : step, budget: budget))]);

    /// <summary>Runs that memorise and never get beyond these validation accuracies.</summary>
    public static TrainedGroup Best(params double[] accuracies) =>
        new("group", [.. accuracies.Select(best => Curve(100, null, valAtMemorization: best))]);

    /// <summary>A claim's answer to curves, one for each of its experiments. Of their weights it is told that every statistic is 0.5.</summary>
    public static Verdict Judge(this Claim claim, Tier tier, IReadOnlyList<LearningCurve> curves) =>
        claim.Judge(tier, Groups(claim, tier, curves));

    /// <summary>The same curves in the claim's groups.</summary>
    public static IReadOnlyList<TrainedGroup> Groups(Claim claim, Tier tier, IReadOnlyList<LearningCurve> curves)
    {
        var rest = new Queue<LearningCurve>(curves);
        return
        [
            .. claim.Groups(tier).Select(group => new TrainedGroup(group.Name, [.. group.Experiments.Select(_ => rest.Dequeue())])
            {
                Statistics = group.Statistics.ToDictionary(
                    statistic => statistic.Name,
                    _ => (IReadOnlyList<double>)[.. group.Experiments.Select(_ => 0.5)],
                    StringComparer.Ordinal),
            }),
        ];
    }

    /// <summary>Curves as runs without weights.</summary>
    public static IReadOnlyList<TrainedRun> Runs(IEnumerable<LearningCurve> curves) =>
        [.. curves.Select(curve => new TrainedRun(curve, new ParameterLayout(), default))];

    /// <summary>Fails unless exactly the finding at this place does not hold; −1 for none.</summary>
    public static void AssertOnlyFails(int place, IReadOnlyList<Finding> findings) =>
        Assert.Equal(Enumerable.Range(0, findings.Count).Where(i => i == place), Enumerable.Range(0, findings.Count).Where(i => !findings[i].Holds));
}

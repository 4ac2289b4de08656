using Grokking.Curves;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli;

/// <summary>Puts runs into a store that nobody trained.</summary>
internal static class StoredRuns
{
    public const string Engine = "test-1";

    /// <summary>A finished run that generalised at a step, or never (null). Its key.</summary>
    public static string Complete(RunStore store, Experiment experiment, int? generalized = null) =>
        Complete(store, experiment, [new NamedTensor("b", [1], new float[1])], generalized);

    /// <summary>The same with these weights.</summary>
    public static string Complete(RunStore store, Experiment experiment, IReadOnlyList<NamedTensor> weights, int? generalized = null) =>
        Complete(store, RunKey.Of(experiment, Engine), experiment, weights, generalized);

    /// <summary>The same under a key that need not be this build's.</summary>
    public static string Complete(RunStore store, RunKey key, Experiment experiment, IReadOnlyList<NamedTensor> weights, int? generalized = null)
    {
        using RunWriter writer = store.TryBegin(key, experiment, Engine)!;
        CurvePoint first = Point(0, 0.1), last = Point(generalized ?? experiment.Steps, generalized is null ? 0.2 : 0.995);
        writer.Complete(
            new LearningCurve([first, last], experiment.Steps, generalized is null ? RunOutcome.BudgetSpent : RunOutcome.Generalized),
            weights);
        return key.Hash;
    }

    /// <summary>A run that somebody trains until it is disposed of, or has left.</summary>
    public static RunWriter Begin(RunStore store, Experiment experiment, params int[] evaluated)
    {
        RunWriter writer = store.TryBegin(RunKey.Of(experiment, Engine), experiment, Engine)!;
        foreach (int step in evaluated)
        {
            writer.Report(Point(step, 0.25));
        }

        return writer;
    }

    private static CurvePoint Point(int step, double val) => new(step, 1, 0.5, 3, val, null, 1);
}

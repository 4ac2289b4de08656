using Grokking.Curves;
using Grokking.Models;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Soak.Trials;

/// <summary>A run whose every bit is known beforehand, so that the store alone is tried: what it gives back is right or wrong.</summary>
internal sealed class ScriptedRun
{
    private const string EngineId = "scripted-1";
    private const int Budget = 40;
    private const int StepsBetween = 10;

    private readonly Experiment _experiment;

    public ScriptedRun(ulong seed = 0)
    {
        _experiment = new Experiment
        {
            Task = Operations.Add with { Modulus = 5 },
            Model = new TransformerConfig { NLayers = 1, DModel = 16, NHeads = 2 },
            Steps = Budget,
            Seed = seed,
        };
        Key = RunKey.Of(_experiment, EngineId);
    }

    public RunKey Key { get; }

    /// <summary>The result.</summary>
    public static LearningCurve Curve => new(PointsUpTo(Budget), Budget, RunOutcome.BudgetSpent);

    public RunWriter Begin(RunStore store) =>
        store.TryBegin(Key, _experiment, EngineId) ?? throw new InvalidOperationException("Somebody else has the run.");

    /// <summary>Goes on from the newest checkpoint to the end.</summary>
    /// <param name="store">The store.</param>
    /// <param name="saved">Gets the steps of the checkpoints that the store said it has.</param>
    public void Train(RunStore store, ICollection<int> saved)
    {
        using RunWriter writer = Begin(store);
        int start = Latest(writer)?.Step ?? 0;
        writer.Report(PointAt(start));
        for (int step = start + StepsBetween; step <= Budget; step += StepsBetween)
        {
            writer.Report(PointAt(step));
            if (step < Budget)
            {
                writer.Save(CheckpointAt(step));
                saved.Add(step);
            }
        }

        writer.Complete(Curve, TensorsAt(Budget));
    }

    /// <summary>The newest checkpoint, held to what it should be.</summary>
    public static Checkpoint? Latest(RunWriter writer)
    {
        Checkpoint? latest = writer.Latest();
        if (latest is not null)
        {
            Checkpoint right = CheckpointAt(latest.Step);
            Violation.Unless(latest.Points.SequenceEqual(right.Points) && AreEqual(latest.Tensors, right.Tensors), "a checkpoint is not what was saved");
        }

        return latest;
    }

    /// <summary>Whether the store has the result; a wrong one is a violation.</summary>
    public bool IsComplete(RunStore store)
    {
        StoredRun? run = store.Find(Key);
        if (run is null)
        {
            return false;
        }

        Violation.Unless(run.Curve!.Points.SequenceEqual(Curve.Points), "a stored curve is not the one that was stored");
        Violation.Unless(run.Curve.Outcome == Curve.Outcome && run.Curve.Budget == Budget, "a stored curve has another end");
        Violation.Unless(AreEqual(run.ReadWeights(), TensorsAt(Budget)), "stored weights are not those that were stored");
        return true;
    }

    private static Checkpoint CheckpointAt(int step) => new(step, PointsUpTo(step), TensorsAt(step));

    private static IReadOnlyList<CurvePoint> PointsUpTo(int step) =>
        [.. Enumerable.Range(0, (step / StepsBetween) + 1).Select(i => PointAt(i * StepsBetween))];

    private static CurvePoint PointAt(int step) => new(step, 1.0 / (step + 3), step / 40.0, double.NaN, 0.1, step == 0 ? null : 1 / 3.0, 1e-30);

    // A few sectors long, so that a file can be torn.
    private static IReadOnlyList<NamedTensor> TensorsAt(int step) =>
    [
        new("W_E", [20, 16], Values(step, 320)),
        new("b", [16], Values(step + 1, 16)),
    ];

    private static float[] Values(int step, int count) => [.. Enumerable.Range(0, count).Select(i => ((step * 31) + i) / 7f)];

    private static bool AreEqual(IReadOnlyList<NamedTensor> left, IReadOnlyList<NamedTensor> right) =>
        left.Count == right.Count && left.Zip(right).All(pair =>
            string.Equals(pair.First.Name, pair.Second.Name, StringComparison.Ordinal)
            && pair.First.Shape.SequenceEqual(pair.Second.Shape)
            && pair.First.Values.Span.SequenceEqual(pair.Second.Values.Span));
}

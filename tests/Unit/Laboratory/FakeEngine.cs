using System.Collections.Concurrent;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

/// <summary>Gives a two-point curve at once, or does what a test tells it to do in between.</summary>
internal sealed class FakeEngine : ITrainingEngine
{
    private readonly ConcurrentQueue<Experiment> _trained = new();
    private readonly ConcurrentDictionary<int, byte> _threads = new();

    public Action<Experiment, CancellationToken> During { get; init; } = (_, _) => { };

    public IReadOnlyList<Experiment> Trained => [.. _trained];

    public int ThreadsSeen => _threads.Count;

    public string Id => "fake-1";

    public double LastTrainLoss { get; init; } = 1;

    public TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken)
    {
        _trained.Enqueue(experiment);
        _threads.TryAdd(Environment.CurrentManagedThreadId, 0);
        CurvePoint first = Point(0, experiment);
        progress?.Report(new TrainingProgress(experiment, 0, first));
        During(experiment, cancellationToken);
        CurvePoint last = Point(experiment.Steps, experiment) with { TrainLoss = LastTrainLoss };
        progress?.Report(new TrainingProgress(experiment, experiment.Steps, last));
        return new TrainedRun(new LearningCurve([first, last], experiment.Steps, RunOutcome.BudgetSpent), new ParameterLayout(), default);
    }

    private static CurvePoint Point(int step, Experiment experiment) => new(step, 1, 0.5, experiment.Seed, 0.25, null, 1);
}

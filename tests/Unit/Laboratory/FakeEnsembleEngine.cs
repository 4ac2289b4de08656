using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

/// <summary>A <see cref="FakeEngine"/> that trains several runs at once and refuses what a test tells it to.</summary>
internal sealed class FakeEnsembleEngine : IEnsembleEngine
{
    private readonly FakeEngine _engine = new();

    public Func<Experiment, string?> Refuses { get; init; } = _ => null;

    public Func<TrainedRun, TrainedRun> Makes { get; init; } = run => run;

    public IReadOnlyList<Experiment> Trained => _engine.Trained;

    public bool IsDisposed { get; private set; }

    public string Id => "ensemble-1";

    public int RunsAtOnce => 7;

    public string? WhyRefused(Experiment experiment) => Refuses(experiment);

    public TrainedRun Train(
        Experiment experiment, IProgress<TrainingProgress>? progress, ICheckpointing? checkpointing, CancellationToken cancellationToken) =>
        Makes(_engine.Train(experiment, progress, checkpointing, cancellationToken));

    public void Dispose() => IsDisposed = true;
}

using System.Collections.Concurrent;
using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

/// <summary>Keeps every event; unlike <see cref="Progress{T}"/> on the thread that tells it.</summary>
internal sealed class RecordedEvents : IProgress<RunEvent>
{
    private readonly ConcurrentQueue<RunEvent> _events = new();

    public Action<RunEvent> OnEvent { get; init; } = _ => { };

    public IReadOnlyList<RunEvent> All => [.. _events];

    public IReadOnlyList<RunStage> StagesOf(Experiment experiment) =>
        [.. _events.Where(e => e.Experiment == experiment).Select(e => e.Stage)];

    public void Report(RunEvent value)
    {
        _events.Enqueue(value);
        OnEvent(value);
    }
}

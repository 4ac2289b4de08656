using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>Keeps what a run tells, and may answer it.</summary>
internal sealed class RecordedProgress : IProgress<TrainingProgress>
{
    public List<TrainingProgress> Reports { get; } = [];

    public Action<TrainingProgress>? Then { get; init; }

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        Then?.Invoke(value);
    }
}

using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>Keeps checkpoints in memory: those that a test wants.</summary>
internal sealed class KeptCheckpoints : ICheckpointing
{
    public List<Checkpoint> Saved { get; } = [];

    /// <summary>Where the run goes on; null for step 0.</summary>
    public Checkpoint? Start { get; init; }

    public Func<int, bool> Due { get; init; } = _ => true;

    public Checkpoint? Latest() => Start;

    public bool IsDue(int step) => Due(step);

    public void Save(Checkpoint checkpoint) => Saved.Add(checkpoint);
}

namespace Grokking.Training;

/// <summary>
/// Keeps the checkpoints of one run. When to keep one is its own decision and may follow a clock: whatever it decides, an engine that promises its bits
/// gives the same ones. It is called from the thread that asked for the training, which need not be the one that trains.
/// </summary>
public interface ICheckpointing
{
    /// <summary>Where the run goes on, asked once before it starts; null to start at step 0.</summary>
    Checkpoint? Latest();

    /// <summary>Whether the run is to be kept now. Asked before every update but a run's first, so it must be quick.</summary>
    /// <param name="step">Updates made so far.</param>
    bool IsDue(int step);

    /// <summary>Keeps the run as it is. What it throws ends the run.</summary>
    void Save(Checkpoint checkpoint);
}

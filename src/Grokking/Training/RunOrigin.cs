namespace Grokking.Training;

/// <summary>Where a run's result comes from. A cached result is not evidence: nothing was trained for it.</summary>
public enum RunOrigin
{
    /// <summary>Trained from its first step for this request.</summary>
    Trained,

    /// <summary>Taken up from a checkpoint and trained to its end.</summary>
    Resumed,

    /// <summary>Read from a store.</summary>
    Cached,
}

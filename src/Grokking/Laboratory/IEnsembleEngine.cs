using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>
/// An engine beside the CPU engine: it trains runs together that are asked for at the same time, does not know every experiment, and repeats a run
/// without promising its bits.
/// </summary>
public interface IEnsembleEngine : ITrainingEngine, IDisposable
{
    /// <summary>How many runs should be asked for at once, from a thread each; ≥ 1.</summary>
    int RunsAtOnce { get; }

    /// <summary>What in the experiment the engine cannot train, in one sentence; null where it can.</summary>
    /// <param name="experiment">A valid one.</param>
    string? WhyRefused(Experiment experiment);
}

using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>What has just happened to a run.</summary>
public enum RunStage
{
    /// <summary>It was asked for and waits for a worker.</summary>
    Queued,

    /// <summary>It was asked for again: the one training, done or still to come, serves both requests.</summary>
    Shared,

    /// <summary>A worker trains it.</summary>
    Started,

    /// <summary>A point was added to its curve.</summary>
    Evaluated,

    /// <summary>It has a result, which its waiters get next.</summary>
    Finished,

    /// <summary>Its waiters have the exception that ended it.</summary>
    Failed,

    /// <summary>Nobody waits for it any more.</summary>
    Cancelled,
}

/// <summary>One piece of news from a <see cref="TrainingLaboratory"/>.</summary>
/// <param name="Experiment">The run.</param>
/// <param name="Stage">What has happened to it.</param>
/// <param name="Latest">Its newest evaluation; null before the first.</param>
/// <param name="Elapsed">Time since a worker took it, for display only; zero before that.</param>
/// <param name="Origin">Where its result comes from; null before it has finished.</param>
public sealed record RunEvent(Experiment Experiment, RunStage Stage, CurvePoint? Latest, TimeSpan Elapsed, RunOrigin? Origin = null);

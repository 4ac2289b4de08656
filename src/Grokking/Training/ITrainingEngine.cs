using Grokking.Curves;
using Grokking.Models;

namespace Grokking.Training;

/// <summary>Trains one experiment. Two engines are independent implementations of the same mathematics, so each is the other's oracle.</summary>
public interface ITrainingEngine
{
    /// <summary>
    /// Names the engine and the version of its numerics. Two runs with one id and one experiment have the same bits, unless the engine says that it does
    /// not promise them.
    /// </summary>
    string Id { get; }

    /// <summary>Trains to the end of the budget or the stopping rule.</summary>
    /// <param name="experiment">Validated before any training.</param>
    /// <param name="progress">Told of every evaluation; null for nobody.</param>
    /// <param name="checkpointing">Where the run goes on from and is kept; null to start at step 0 and to keep nothing.</param>
    /// <param name="cancellationToken">Obeyed within a few steps; a run that has made any is kept first.</param>
    /// <exception cref="ArgumentException">A field of the experiment is outside its range.</exception>
    /// <exception cref="CheckpointMismatchException">The latest checkpoint does not fit the experiment.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken);
}

/// <summary>What a run tells while it trains; a resumed one begins with the newest evaluation of its checkpoint.</summary>
/// <param name="Experiment">The run.</param>
/// <param name="Step">Updates made so far.</param>
/// <param name="Latest">The newest evaluation.</param>
public sealed record TrainingProgress(Experiment Experiment, int Step, CurvePoint Latest);

/// <summary>Where a result comes from. An engine that promises its bits gives the same ones in each case; only a run that trained is evidence.</summary>
public enum RunOrigin
{
    /// <summary>Trained from step 0 without a break.</summary>
    Trained,

    /// <summary>Went on from a checkpoint.</summary>
    Resumed,

    /// <summary>Read from a store; nothing was trained.</summary>
    Cached,
}

/// <summary>What a run leaves behind.</summary>
/// <param name="Curve">Its evaluations.</param>
/// <param name="Layout">Where each weight lies in <paramref name="Parameters"/>.</param>
/// <param name="Parameters">(P) the weights after the last step.</param>
public sealed record TrainedRun(LearningCurve Curve, ParameterLayout Layout, ReadOnlyMemory<float> Parameters)
{
    /// <summary>Where it comes from.</summary>
    public RunOrigin Origin { get; init; }
}

using Grokking.Models;
using Grokking.Training;

namespace Grokking.Cli.Sweeps;

/// <summary>Trains as another engine does and lets go of the weights: a laboratory keeps all its results, and a sweep may have thousands.</summary>
internal sealed class CurveEngine(ITrainingEngine engine) : ITrainingEngine
{
    /// <inheritdoc/>
    public string Id => engine.Id;

    /// <inheritdoc/>
    public TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken)
    {
        TrainedRun run = engine.Train(experiment, progress, checkpointing, cancellationToken);
        return run with { Layout = new ParameterLayout(), Parameters = default };
    }
}

using Grokking.Curves;

namespace Grokking.Training;

/// <summary>
/// The managed engine: hand-derived backward pass, prefix sharing, and bits that depend neither on the instruction set nor on the number of threads.
/// One run uses one thread; a laboratory runs several at once.
/// </summary>
public sealed class CpuEngine : ITrainingEngine
{
    /// <summary>Raised with every change that moves a bit of a curve.</summary>
    public string Id => "cpu-3";

    /// <inheritdoc/>
    public TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new TrainingRun(experiment);
        List<CurvePoint> points = [];
        Checkpoint? latest = checkpointing?.Latest();
        if (latest is not null)
        {
            CheckpointFit.CheckPoints(latest, experiment);
            run.Restore(latest.Step, latest.Tensors);
            points.AddRange(latest.Points);
            if (points.Count > 0)
            {
                progress?.Report(new TrainingProgress(experiment, run.Step, points[^1]));
            }
        }

        int keptStep = run.Step;
        int? nextEvaluation = EvaluationGrid.NextAfter(points, experiment);
        RunOutcome outcome = RunOutcome.BudgetSpent;
        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Keep();
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (run.Step == nextEvaluation)
            {
                CurvePoint point = run.Evaluate();
                if (point.IsFinite || points.Count == 0)
                {
                    points.Add(point);
                    progress?.Report(new TrainingProgress(experiment, run.Step, point));
                }

                if (!point.IsFinite)
                {
                    outcome = RunOutcome.Diverged;
                    break;
                }

                if (point.IsGeneralized && experiment.Stopping == StoppingRule.WhenGeneralized)
                {
                    outcome = RunOutcome.Generalized;
                    break;
                }

                nextEvaluation = EvaluationGrid.NextAfter(points, experiment);
            }

            if (run.Step == experiment.Steps)
            {
                break;
            }

            if (checkpointing is not null && run.Step > keptStep && checkpointing.IsDue(run.Step))
            {
                Keep();
            }

            if (!run.TryStep())
            {
                outcome = RunOutcome.Diverged;
                break;
            }
        }

        return new TrainedRun(new LearningCurve(points, experiment.Steps, outcome), run.Layout, run.Parameters)
        {
            Origin = latest is null ? RunOrigin.Trained : RunOrigin.Resumed,
        };

        void Keep()
        {
            if (checkpointing is not null && run.Step > keptStep)
            {
                checkpointing.Save(new Checkpoint(run.Step, [.. points], run.CopyTensors()));
                keptStep = run.Step;
            }
        }
    }
}

using Grokking.Curves;

namespace Grokking.Training;

/// <summary>
/// The managed engine: hand-derived backward pass, prefix sharing, and bits that depend neither on the instruction set nor on the number of threads.
/// One run uses one thread; a laboratory runs several at once.
/// </summary>
public sealed class CpuEngine : ITrainingEngine
{
    /// <summary>Raised with every change that moves a bit of a curve.</summary>
    public string Id => "cpu-1";

    /// <inheritdoc/>
    public TrainedRun Train(Experiment experiment, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new TrainingRun(experiment);
        List<CurvePoint> points = [];
        int nextEvaluation = 0;
        RunOutcome outcome = RunOutcome.BudgetSpent;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run.Step == nextEvaluation)
            {
                CurvePoint point = run.Evaluate();
                if (!double.IsFinite(point.TrainLoss) || !double.IsFinite(point.ValLoss) || !double.IsFinite(point.WeightNorm))
                {
                    outcome = RunOutcome.Diverged;
                    break;
                }

                points.Add(point);
                progress?.Report(new TrainingProgress(experiment, run.Step, point));
                if (point.IsGeneralized && experiment.Stopping == StoppingRule.WhenGeneralized)
                {
                    outcome = RunOutcome.Generalized;
                    break;
                }

                nextEvaluation = EvaluationGrid.Next(run.Step, experiment.EvaluationGrowth, experiment.Steps);
            }

            if (run.Step == experiment.Steps)
            {
                break;
            }

            if (!run.TryStep())
            {
                outcome = RunOutcome.Diverged;
                break;
            }
        }

        return new TrainedRun(new LearningCurve(points, experiment.Steps, outcome), run.Layout, run.Parameters);
    }
}

using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>How long a run is likely to take beside others, for the order of a queue. Decides nothing else.</summary>
public static class ExperimentCost
{
    /// <summary>
    /// Steps × examples per step × matrix weights per example, in multiply-adds of one forward position. Evaluations, early stopping and
    /// the sharing of prefixes are left out: only the order of two estimates matters.
    /// </summary>
    /// <returns>&gt; 0 for a valid experiment.</returns>
    public static double Estimate(Experiment experiment)
    {
        double trainExamples = experiment.TrainFraction * experiment.Task.CountExamples();
        double batch = experiment.Batches == BatchRule.Full ? trainExamples : Math.Min(experiment.BatchSize, trainExamples);

        return experiment.Steps * batch * experiment.Model.EstimateCost(experiment.Task);
    }
}

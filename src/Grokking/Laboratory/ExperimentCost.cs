using Grokking.Models;
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
        double elements = experiment.Operation.ElementCount;
        double trainEquations = experiment.TrainFraction * elements * elements;
        double batch = experiment.Batches == BatchRule.Full ? trainEquations : Math.Min(experiment.BatchSize, trainEquations);

        TransformerConfig model = experiment.Model;
        double width = model.DModel;
        double attention = 4 * width * width;           // W_Q, W_K, W_V, W_O
        double mlp = 2 * model.MlpMultiplier * width * width; // W_in, W_out
        double unembedding = width * elements;          // W_U
        return experiment.Steps * batch * ((model.NLayers * (attention + mlp)) + unembedding);
    }
}

using Grokking.Models;
using Grokking.Training;

namespace Grokking.Analysis;

/// <summary>
/// Softmax collapse (Prieto et al. 2025, §3): where the right class's logit is far enough ahead, the softmax in float rounds its probability to 1, and
/// the equation has no loss left and pulls at its right answer no more.
/// </summary>
public static class SoftmaxCollapse
{
    /// <summary>Share of the training equations whose cross-entropy in float is exactly 0, in [0, 1].</summary>
    /// <param name="experiment">The run; whatever it minimised, this asks about <see cref="LossKind.FloatCrossEntropy"/>.</param>
    /// <param name="parameters">(P) its weights.</param>
    /// <exception cref="ArgumentException">Its outputs are no classes but templates, or the weights are not of this experiment.</exception>
    public static double Share(Experiment experiment, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        double[] losses = new LossSurface(experiment with { Loss = LossKind.FloatCrossEntropy })
            .Losses(parameters, ScoredEquations.Train);
        return losses.Count(loss => loss == 0) / (double)losses.Length;
    }
}

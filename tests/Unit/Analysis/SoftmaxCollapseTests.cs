using Grokking.Analysis;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class SoftmaxCollapseTests
{
    private static readonly Experiment s_experiment = TinyExperiments.StableMlp with
    {
        Loss = LossKind.CrossEntropy,
        OrthogonalGradient = false,
        Optimizer = new AdamW { LearningRate = 1e-2, WeightDecay = 0 },
        Steps = 300,
    };

    // A network of rectifiers without biases is homogeneous: λ times the weights of its last layer give λ times its logits.
    [Fact]
    public void The_share_rises_with_the_scale_of_the_logits_to_the_share_of_equations_answered_right()
    {
        TrainedRun run = TinyExperiments.Train(s_experiment);
        double[] shares = [.. new float[] { 1e-3f, 1, 10, 30, 100, 1e6f }.Select(scale => SoftmaxCollapse.Share(s_experiment, Scaled(run, scale)))];

        Assert.Equal(0, shares[0]);
        Assert.Equal(shares.Order(), shares);
        Assert.True(shares[^1] > 0.9, string.Join(", ", shares));
        Assert.Equal(run.Curve.Final.TrainAccuracy, shares[^1], 1e-12);
    }

    [Fact]
    public void What_was_minimised_does_not_count()
    {
        TrainedRun run = TinyExperiments.Train(s_experiment);
        float[] weights = Scaled(run, 30);

        Assert.Equal(SoftmaxCollapse.Share(s_experiment, weights), SoftmaxCollapse.Share(s_experiment with { Loss = LossKind.StableMax }, weights));
    }

    [Fact]
    public void Weights_of_another_model_and_outputs_that_are_no_classes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SoftmaxCollapse.Share(s_experiment, new float[3]));
        Assert.ThrowsAny<ArgumentException>(() => SoftmaxCollapse.Share(TinyExperiments.TemplateMlp, new float[3]));
    }

    private static float[] Scaled(TrainedRun run, float scale)
    {
        float[] weights = run.Parameters.ToArray();
        foreach (ref float weight in run.Layout.Tensors[^1].In(weights.AsSpan()))
        {
            weight *= scale;
        }

        return weights;
    }
}

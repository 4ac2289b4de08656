using Grokking.Models;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Models;

/// <summary>The ten updates of a golden case, made by the engine.</summary>
internal static class GoldenRun
{
    /// <summary>Fails where loss, gradient or updates disagree with PyTorch's.</summary>
    public static void Check(GoldenCase golden)
    {
        Model model = golden.NewModel();
        Assert.Equal(golden.Parameters.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns)), Shapes(model.Layout));
        float[] parameters = golden.InitialParameters(), gradient = new float[parameters.Length];
        OptimizerConfig config = golden.Optimizer.ToConfig();
        Optimizer optimizer = config.Start(model.Layout, parameters, seed: 0);
        var schedule = new LearningRateSchedule { WarmupSteps = 10 };
        for (int k = 0; k < 10; k++)
        {
            GoldenBatch batch = golden.Batches[k % golden.Batches.Count];
            GoldenAgreement.AssertLoss(golden, k, Pass(golden, model, batch, parameters, gradient));
            if (k == 0)
            {
                GoldenAgreement.AssertGradient(golden, gradient);
            }

            if (golden.OrthogonalGradient)
            {
                GradientProjection.MakeOrthogonal(model.Layout, parameters, gradient);
            }

            if (golden.ClipNorm is { } maxNorm)
            {
                GradientClipping.Clip(gradient, maxNorm);
            }

            optimizer.Update(parameters, gradient, schedule.Rate(config.LearningRate, k), k);
        }

        GoldenAgreement.AssertLoss(golden, 10, Pass(golden, model, golden.Batches[0], parameters, gradient));
        GoldenAgreement.AssertFinalParameters(golden, parameters);
    }

    private static IEnumerable<(string Name, int Rows, int Columns)> Shapes(ParameterLayout layout) =>
        layout.Tensors.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns));

    private static double Pass(GoldenCase golden, Model model, GoldenBatch batch, float[] parameters, float[] gradient)
    {
        model.Load(parameters, forTraining: true);
        golden.Prepare(model, batch);
        int[] tokens = [.. batch.Tokens.SelectMany(row => row)], targets = [.. batch.Targets.SelectMany(row => row)];
        return model.LossAndGradient(parameters, tokens, targets, gradient).Loss;
    }
}

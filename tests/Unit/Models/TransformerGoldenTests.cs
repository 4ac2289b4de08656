using Grokking.Models;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Models;

/// <summary>The model and the optimisers against PyTorch's autograd in float64 (tests/golden).</summary>
[Trait("Category", "Unit")]
public sealed class TransformerGoldenTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_gradient_and_ten_updates_agree_with_PyTorch(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        Transformer model = NewModel(golden);
        Assert.Equal(golden.Parameters.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns)), Shapes(model.Layout));
        float[] parameters = golden.InitialParameters(), gradient = new float[parameters.Length];
        OptimizerConfig config = ToConfig(golden.Optimizer);
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

            if (golden.ClipNorm is { } maxNorm)
            {
                GradientClipping.Clip(gradient, maxNorm);
            }

            optimizer.Update(parameters, gradient, schedule.Rate(config.LearningRate, k), k);
        }

        GoldenAgreement.AssertLoss(golden, 10, Pass(golden, model, golden.Batches[0], parameters, gradient));
        GoldenAgreement.AssertFinalParameters(golden, parameters);
    }

    [Fact]
    public void Parameter_counts_are_those_of_the_published_models()
    {
        Assert.All(GoldenCase.LoadParameterCounts(), model => Assert.Equal(
            model.Count, new Transformer(model.Model, model.Vocabulary, model.SequenceLength, [model.SequenceLength - 1], 1).Layout.Count));
    }

    private static Transformer NewModel(GoldenCase golden) => new(
        golden.Model, golden.Vocabulary, golden.SequenceLength, golden.ReadPositions, golden.Batches.Max(batch => batch.Tokens.Count));

    private static IEnumerable<(string Name, int Rows, int Columns)> Shapes(ParameterLayout layout) =>
        layout.Tensors.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns));

    private static double Pass(GoldenCase golden, Transformer model, GoldenBatch batch, float[] parameters, float[] gradient)
    {
        model.Load(parameters, forTraining: true);
        SetMasks(golden, model, batch);
        int[] tokens = [.. batch.Tokens.SelectMany(row => row)], targets = [.. batch.Targets.SelectMany(row => row)];
        return model.LossAndGradient(parameters, tokens, targets, gradient).Loss;
    }

    // The file's factors are (L, B, T, d); the model's rows are position by position, and in the last block the scored ones.
    private static void SetMasks(GoldenCase golden, Transformer model, GoldenBatch batch)
    {
        if (model.KeepMasks.Count == 0)
        {
            return;
        }

        float[] factors = golden.DropoutFactors(batch);
        int B = batch.Tokens.Count, T = golden.SequenceLength, d = golden.Model.DModel, reads = golden.ReadPositions.Count;
        for (int l = 0; l < golden.Model.NLayers; l++)
        {
            bool last = l == golden.Model.NLayers - 1;
            for (int row = 0; row < B * (last ? reads : T); row++)
            {
                (int b, int t) = last ? (row / reads, golden.ReadPositions[row % reads]) : (row % B, row / B);
                factors.AsSpan((((((l * B) + b) * T) + t) * d), d).CopyTo(model.KeepMasks[l].Row(row));
            }
        }
    }

    private static OptimizerConfig ToConfig(GoldenOptimizer optimizer) => optimizer switch
    {
        GoldenAdamW adam => new AdamW
        {
            LearningRate = adam.LearningRate,
            Beta1 = adam.Beta1,
            Beta2 = adam.Beta2,
            Epsilon = adam.Epsilon,
            WeightDecay = adam.WeightDecay,
            DecayTarget = Enum.Parse<DecayTarget>(adam.DecayTarget),
        },
        GoldenSgd sgd => new Sgd { LearningRate = sgd.LearningRate, Momentum = sgd.Momentum, WeightDecay = sgd.WeightDecay },
        _ => throw new InvalidOperationException($"No optimiser for {optimizer}."),
    };
}

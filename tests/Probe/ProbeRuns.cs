using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>
/// Two short runs that between them pass through every kernel. The sizes are no multiples of a vector's width, so the kernels' remainders
/// are in it too.
/// </summary>
public static class ProbeRuns
{
    /// <summary>Shared prefixes, norms behind the sublayers, ReLU, every kind of Gaussian noise, decay to the initialisation, mirrors.</summary>
    public static Experiment PaperText { get; } = new()
    {
        Operation = Operations.Add with { Modulus = 7 },
        TrainFraction = 0.6,
        Model = new TransformerConfig { DModel = 20 },
        Optimizer = new AdamW { UpdateNoise = 0.1, DecayTarget = DecayTarget.Initialization },
        WeightNoise = 0.01,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 1,
    };

    /// <summary>
    /// A row for every example, norms before the sublayers and at the end, GELU, biases, learned positions, dropout, clipping, even batches,
    /// an annealed rate.
    /// </summary>
    public static Experiment OpenAICode { get; } = new()
    {
        Operation = Operations.Divide with { Modulus = 7 },
        Convention = SequenceConvention.OpenAICode,
        Model = new TransformerConfig
        {
            DModel = 20,
            MlpMultiplier = 7, // W_out adds 140 products: more than one block of a sum in Gemm
            Norm = NormPlacement.Pre,
            FinalNorm = true,
            Positions = PositionKind.Learned,
            AttentionBiases = true,
            MlpBiases = true,
            UnembedBias = true,
            Activation = ActivationKind.Gelu,
            Initialization = InitializationKind.InverseSqrtWidth,
            Dropout = 0.1,
        },
        Optimizer = new AdamW { LearningRate = 3e-3 },
        Schedule = new LearningRateSchedule { AnnealedAtStep = 180 },
        ClipNorm = 1,
        Batches = BatchRule.Even,
        BatchSize = 8,
        Steps = 200,
        EvaluationGrowth = 1.5,
        Seed = 2,
    };
}

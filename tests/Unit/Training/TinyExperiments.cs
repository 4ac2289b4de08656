using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>Experiments of a few milliseconds.</summary>
internal static class TinyExperiments
{
    /// <summary>What they train.</summary>
    public static TransformerConfig Transformer { get; } = new() { NLayers = 1, DModel = 16, NHeads = 2 };

    /// <summary>x+y mod 5 on most of its table: symmetric, and soon learnt by heart.</summary>
    public static Experiment Add { get; } = new()
    {
        Operation = Operations.Add with { Modulus = 5 },
        TrainFraction = 0.6,
        Model = Transformer,
        Optimizer = new AdamW { LearningRate = 1e-2 },
        Steps = 20,
    };

    /// <summary>An operation whose answer is its first operand: a model generalises as soon as it has learnt anything.</summary>
    public static Experiment First { get; } = Add with
    {
        Operation = new ModularOperation(new ModularFormula("x", static (x, y, p) => x)) { Modulus = 7 },
        TrainFraction = 0.7,
        Steps = 400,
    };

    public static TrainedRun Train(Experiment experiment) => new CpuEngine().Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
}

using System.Text.Json.Serialization;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Models;

/// <summary>An update rule of a golden case.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(GoldenAdamW), "AdamW")]
[JsonDerivedType(typeof(GoldenSgd), "Sgd")]
[JsonDerivedType(typeof(GoldenEmbeddingsApart), "EmbeddingsApart")]
public abstract record GoldenOptimizer(double LearningRate)
{
    /// <summary>The same rule here.</summary>
    public abstract OptimizerConfig ToConfig();
}

/// <summary>openai/grok's CustomAdamW.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="DecayTarget">"Origin" and "Initialization" pull the weights directly, "Gradient" is L2 in the gradient.</param>
public sealed record GoldenAdamW(double LearningRate, double WeightDecay, double Beta1, double Beta2, double Epsilon, string DecayTarget)
    : GoldenOptimizer(LearningRate)
{
    /// <inheritdoc/>
    public override OptimizerConfig ToConfig() => new AdamW
    {
        LearningRate = LearningRate,
        Beta1 = Beta1,
        Beta2 = Beta2,
        Epsilon = Epsilon,
        WeightDecay = WeightDecay,
        DecayTarget = Enum.Parse<DecayTarget>(DecayTarget),
    };
}

/// <summary>PyTorch's SGD: buffer = momentum · buffer + gradient, weight decay in the gradient.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Momentum">Decay of the buffer; 0 is plain descent.</param>
public sealed record GoldenSgd(double LearningRate, double WeightDecay, double Momentum) : GoldenOptimizer(LearningRate)
{
    /// <inheritdoc/>
    public override OptimizerConfig ToConfig() => new Sgd { LearningRate = LearningRate, Momentum = Momentum, WeightDecay = WeightDecay };
}

/// <summary>Two rules, each at its own rate times the scheduled one.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
/// <param name="Embeddings">The rule of the embeddings.</param>
/// <param name="Others">The rule of the rest.</param>
public sealed record GoldenEmbeddingsApart(double LearningRate, GoldenOptimizer Embeddings, GoldenOptimizer Others) : GoldenOptimizer(LearningRate)
{
    /// <inheritdoc/>
    public override OptimizerConfig ToConfig() =>
        new EmbeddingsApart { LearningRate = LearningRate, Embeddings = Embeddings.ToConfig(), Others = Others.ToConfig() };
}

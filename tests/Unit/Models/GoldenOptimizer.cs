using System.Text.Json.Serialization;

namespace Grokking.Tests.Unit.Models;

/// <summary>An update rule of a golden case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(GoldenAdamW), "AdamW")]
[JsonDerivedType(typeof(GoldenSgd), "Sgd")]
public abstract record GoldenOptimizer(double LearningRate, double WeightDecay);

/// <summary>openai/grok's CustomAdamW.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="DecayTarget">"Origin" and "Initialization" pull the weights directly, "Gradient" is L2 in the gradient.</param>
public sealed record GoldenAdamW(double LearningRate, double WeightDecay, double Beta1, double Beta2, double Epsilon, string DecayTarget)
    : GoldenOptimizer(LearningRate, WeightDecay);

/// <summary>PyTorch's SGD: buffer = momentum · buffer + gradient, weight decay in the gradient.</summary>
/// <param name="LearningRate">The peak of the warm-up.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Momentum">Decay of the buffer; 0 is plain descent.</param>
public sealed record GoldenSgd(double LearningRate, double WeightDecay, double Momentum) : GoldenOptimizer(LearningRate, WeightDecay);

using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Tests.Torch;

/// <summary>
/// A field that is new in a configuration is either trained here or refused by name; ignored it would be another experiment under the same name. Whoever
/// adds one comes by here.
/// </summary>
[Trait("Category", "Torch")]
public sealed class KnownFieldsTests
{
    [Theory]
    [InlineData(
        typeof(Experiment),
        "Batches BatchSize ClipNorm ConstantNorm Convention EvaluationGrowth EvaluationSample InitializationScale Loss Model Optimizer OrthogonalGradient "
        + "Outliers Schedule Seed Steps Stopping Task TemplateWidth TrainFraction WeightNoise")]
    [InlineData(
        typeof(TransformerConfig),
        "Activation AttentionBiases DModel Dropout FinalNorm Initialization MlpBiases MlpMultiplier NHeads NLayers Norm NormAffine Positions UnembedBias")]
    [InlineData(
        typeof(MlpConfig),
        "Activation Biases Curvature DEmbed DHidden FrozenReadout Initialization Input NLayers Normalized ReadoutScale StartsAtZero")]
    [InlineData(typeof(DiagonalConfig), "")]
    [InlineData(typeof(AdamW), "Beta1 Beta2 DecayTarget Epsilon LearningRate UpdateNoise WeightDecay")]
    [InlineData(typeof(Sgd), "LearningRate Momentum Nesterov UpdateNoise WeightDecay")]
    [InlineData(typeof(EmbeddingsApart), "Embeddings LearningRate Others")]
    [InlineData(typeof(LearningRateSchedule), "AnnealedAtStep FinalFraction WarmupSteps")]
    public void No_field_is_ignored(Type configuration, string known) =>
        Assert.Equal(
            known.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            configuration.GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.Ordinal);
}

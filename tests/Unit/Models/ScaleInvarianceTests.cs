using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Models;

/// <summary>
/// A network of normalised layers with a frozen readout does not depend on the scale of its weights: Kodryan et al. 2022, §2, row X8 of the catalogue.
/// The norms add 1e-5 to a variance; the weights are large enough that this is no part in 10⁶ of it.
/// </summary>
[Trait("Category", "Unit")]
public sealed class ScaleInvarianceTests
{
    private const int V = 11, T = 2;
    private const float Scale = 8;

    private static readonly MlpConfig s_config = new()
    {
        NLayers = 2, DHidden = 24, Activation = ActivationKind.Tanh, Biases = true, Normalized = true, FrozenReadout = true,
    };

    [Theory]
    [InlineData(0.5f)]
    [InlineData(3)]
    public void The_loss_at_scaled_weights_is_the_same(float factor)
    {
        (Mlp model, float[] weights) = Start(s_config);

        double loss = LossAndGradient(model, weights).Loss, scaled = LossAndGradient(model, Scaled(weights, factor)).Loss;

        Assert.Equal(1, scaled / loss, 1e-5);
    }

    [Fact]
    public void The_gradient_is_orthogonal_to_the_weights()
    {
        (Mlp model, float[] weights) = Start(s_config);

        float[] gradient = LossAndGradient(model, weights).Gradient;

        Assert.Equal(0, FlatDot.Compute(weights, gradient) / (FlatNorm.Compute(weights) * FlatNorm.Compute(gradient)), 1e-5);
        Assert.True(FlatNorm.Compute(gradient) > 0);
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(3)]
    public void The_gradient_at_scaled_weights_is_the_smaller_by_the_same_factor(float factor)
    {
        (Mlp model, float[] weights) = Start(s_config);

        float[] gradient = LossAndGradient(model, weights).Gradient, scaled = LossAndGradient(model, Scaled(weights, factor)).Gradient;

        float[] difference = [.. gradient.Zip(scaled, (g, s) => g - (factor * s))];
        Assert.Equal(0, FlatNorm.Compute(difference) / FlatNorm.Compute(gradient), 1e-5);
    }

    // ‖θ − ηg‖² = ‖θ‖² + η²‖g‖², because θ·g = 0.
    [Fact]
    public void A_step_of_gradient_descent_grows_the_squared_norm_by_that_of_the_step()
    {
        (Mlp model, float[] weights) = Start(s_config);
        float[] gradient = LossAndGradient(model, weights).Gradient;
        double before = FlatNorm.Compute(weights), rate = 0.2 * before / FlatNorm.Compute(gradient);

        new Sgd().Start(model.Layout, weights, seed: 0).Update(weights, gradient, rate, step: 0);

        double grown = FlatNorm.Compute(weights);
        Assert.Equal(0.04, ((grown * grown) / (before * before)) - 1, 1e-5);
    }

    // The negative controls: without its norms, or with a readout that scales too, the network does depend on the scale.
    [Fact]
    public void Without_norms_or_with_a_readout_that_is_scaled_too_the_loss_changes() => Assert.All(
        [s_config with { Normalized = false }, s_config with { FrozenReadout = false }],
        config =>
        {
            (Mlp model, float[] weights) = Start(config);

            Assert.True(Math.Abs((LossAndGradient(model, Scaled(weights, 3)).Loss / LossAndGradient(model, weights).Loss) - 1) > 0.01);
        });

    private static (Mlp Model, float[] Weights) Start(MlpConfig config)
    {
        var model = new Mlp(config, V, T, OutputLoss.CrossEntropy(V));
        float[] weights = new float[model.Layout.Count];
        model.Initialize(seed: 4, weights);
        return (model, Scaled(weights, Scale));
    }

    private static float[] Scaled(float[] weights, float factor) => [.. weights.Select(weight => factor * weight)];

    private static (double Loss, float[] Gradient) LossAndGradient(Mlp model, float[] weights)
    {
        int[] tokens = [.. Enumerable.Range(0, V * V).SelectMany(i => new[] { i / V, i % V })], targets = [.. Enumerable.Range(0, V * V).Select(i => ((i / V) + (i % V)) % V)];
        float[] gradient = new float[weights.Length];
        model.Load(weights, forTraining: true);
        return (model.LossAndGradient(weights, tokens, targets, gradient).Loss, gradient);
    }
}

using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class InitializationTests
{
    private const int V = 99;

    private static readonly TransformerConfig Everything = new()
    {
        FinalNorm = true,
        Positions = PositionKind.Learned,
        AttentionBiases = true,
        MlpBiases = true,
        UnembedBias = true,
    };

    private static readonly TransformerConfig Small = new() { DModel = 16 };

    [Fact]
    public void PyTorch_s_default_is_uniform_within_one_over_the_root_of_the_inputs_and_normal_for_embeddings()
    {
        Assert.All(Draw(Everything, seed: 1), tensor =>
        {
            string symbol = tensor.Key.Split('.')[^1];
            switch (symbol)
            {
                case "W_E" or "W_pos":
                    AssertMoments(tensor.Value, mean: 0, deviation: 1);
                    Assert.True(tensor.Value.Max(Math.Abs) > 2, "A normal distribution has tails.");
                    break;
                case "gain":
                    Assert.All(tensor.Value, gain => Assert.Equal(1, gain));
                    break;
                case "bias":
                    Assert.All(tensor.Value, bias => Assert.Equal(0, bias));
                    break;
                default:
                    // A bias is drawn like the weights of its map: 128 inputs, but for W_out, which has 512.
                    double bound = 1 / Math.Sqrt(symbol is "W_out" or "b_out" ? 512 : 128);
                    AssertMoments(tensor.Value, mean: 0, deviation: bound / Math.Sqrt(3));
                    Assert.InRange(tensor.Value.Max(Math.Abs), 0.9 * bound, bound * (1 + 1e-6));
                    break;
            }
        });
    }

    [Fact]
    public void Inverse_square_root_width_is_normal_everywhere_and_narrower_for_the_unembedding()
    {
        Assert.All(Draw(Everything with { Initialization = InitializationKind.InverseSqrtWidth }, seed: 1), tensor =>
        {
            string symbol = tensor.Key.Split('.')[^1];
            if (symbol is "gain")
            {
                Assert.All(tensor.Value, gain => Assert.Equal(1, gain));
            }
            else if (symbol is "bias" || symbol.StartsWith("b_", StringComparison.Ordinal))
            {
                Assert.All(tensor.Value, bias => Assert.Equal(0, bias));
            }
            else
            {
                AssertMoments(tensor.Value, mean: 0, deviation: 1 / Math.Sqrt(symbol is "W_U" ? V : 128));
            }
        });
    }

    [Theory]
    [InlineData(InitializationKind.PyTorchDefault)]
    [InlineData(InitializationKind.InverseSqrtWidth)]
    public void A_model_with_more_tensors_keeps_the_values_of_the_others(InitializationKind kind)
    {
        Dictionary<string, float[]> more = Draw(Everything with { Initialization = kind, NLayers = 3 }, seed: 4);
        Dictionary<string, float[]> fewer = Draw(new TransformerConfig { Initialization = kind }, seed: 4);

        Assert.True(fewer.Count < more.Count);
        Assert.All(fewer, tensor => Assert.Equal(tensor.Value, more[tensor.Key]));
    }

    [Fact]
    public void Tensors_of_one_shape_and_other_seeds_differ()
    {
        Dictionary<string, float[]> drawn = Draw(Small, seed: 1), other = Draw(Small, seed: 2);

        Assert.Equal(drawn, Draw(Small, seed: 1));
        Assert.NotEqual(drawn["blocks.0.W_Q"], drawn["blocks.0.W_K"]);
        Assert.NotEqual(drawn["blocks.0.W_Q"], drawn["blocks.1.W_Q"]);
        Assert.NotEqual(drawn["blocks.0.W_Q"], other["blocks.0.W_Q"]);
    }

    private static Dictionary<string, float[]> Draw(TransformerConfig config, ulong seed)
    {
        var model = new Transformer(config, V, length: 4, readPositions: [3], maxExamples: 1);
        float[] parameters = new float[model.Layout.Count];
        Array.Fill(parameters, float.NaN);
        model.Initialize(seed, parameters);
        return model.Layout.Tensors.ToDictionary(
            tensor => tensor.Name, tensor => tensor.In(parameters.AsSpan()).ToArray(), StringComparer.Ordinal);
    }

    // Within five standard errors; (n − 1) and kurtosis aside, that of a deviation is at most deviation / √(2n).
    private static void AssertMoments(float[] values, double mean, double deviation)
    {
        double average = values.Average(), spread = Math.Sqrt(values.Average(value => (value - average) * (value - average)));
        double error = deviation / Math.Sqrt(values.Length);
        Assert.InRange(average, mean - (5 * error), mean + (5 * error));
        Assert.InRange(spread, deviation - (5 * error), deviation + (5 * error));
    }
}

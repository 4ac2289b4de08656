using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class MlpInitializationTests
{
    private const int V = 60;
    private const int T = 2;
    private const int DEmbed = 50;
    private const int DHidden = 120;

    private static readonly MlpConfig s_everything = new()
    {
        Input = MlpInput.SeparateEmbeddings,
        DEmbed = DEmbed,
        NLayers = 2,
        DHidden = DHidden,
        Biases = true,
    };

    [Fact]
    public void PyTorch_s_default_is_uniform_within_one_over_the_root_of_the_inputs_and_normal_for_embeddings()
    {
        Assert.All(Draw(s_everything), tensor => AssertPyTorch(tensor.Key, tensor.Value, inputsOfFirst: T * DEmbed));
        Assert.All(Draw(s_everything with { Input = MlpInput.OneHot }), tensor => AssertPyTorch(tensor.Key, tensor.Value, inputsOfFirst: T * V));
        Assert.All(Draw(s_everything with { Input = MlpInput.SummedEmbeddings }), tensor => AssertPyTorch(tensor.Key, tensor.Value, inputsOfFirst: DEmbed));
    }

    // Liu et al. 2022's released code: embeddings from U(±½), everything else as PyTorch has it.
    [Fact]
    public void Small_embeddings_are_uniform_within_a_half_and_the_rest_is_as_by_default()
    {
        Dictionary<string, float[]> drawn = Draw(s_everything with { Initialization = MlpInitialization.SmallEmbeddings }), plain = Draw(s_everything);

        Assert.All(drawn, tensor =>
        {
            if (tensor.Key.StartsWith("W_E", StringComparison.Ordinal))
            {
                AssertUniform(tensor.Value, bound: 0.5);
            }
            else
            {
                Assert.Equal(plain[tensor.Key], tensor.Value);
            }
        });
    }

    // Doshi et al. 2023, appendix: weights from N(0, ¼/(2N)^⅔), which is 0.05² for their N = 500.
    [Theory]
    [InlineData(500, 0.05)]
    [InlineData(108, 0.5 / 6)]
    public void Mean_field_is_normal_for_all_weights_with_the_hidden_widths_deviation_and_zero_for_biases(int width, double deviation)
    {
        Assert.All(Draw(s_everything with { Initialization = MlpInitialization.MeanField, DHidden = width }), tensor =>
        {
            if (tensor.Key.StartsWith('b'))
            {
                Assert.All(tensor.Value, bias => Assert.Equal(0, bias));
            }
            else
            {
                AssertMoments(tensor.Value, deviation);
                Assert.True(tensor.Value.Max(Math.Abs) > 2.5 * deviation, "A normal distribution has tails.");
            }
        });
    }

    // Kumar et al. 2024, §3: a mean over N hidden units.
    [Fact]
    public void A_committee_is_standard_normal_with_one_over_the_width_in_its_readout_and_zero_for_biases()
    {
        Assert.All(Draw(s_everything with { Initialization = MlpInitialization.Committee }), tensor =>
        {
            if (tensor.Key.StartsWith('b'))
            {
                Assert.All(tensor.Value, bias => Assert.Equal(0, bias));
            }
            else if (tensor.Key is "W_2")
            {
                Assert.All(tensor.Value, weight => Assert.Equal(1f / DHidden, weight));
            }
            else
            {
                AssertMoments(tensor.Value, deviation: 1);
                Assert.True(tensor.Value.Max(Math.Abs) > 2.5, "A normal distribution has tails.");
            }
        });
    }

    [Theory]
    [InlineData(MlpInitialization.PyTorchDefault)]
    [InlineData(MlpInitialization.SmallEmbeddings)]
    [InlineData(MlpInitialization.MeanField)]
    public void A_model_with_more_tensors_keeps_the_values_of_the_others_and_another_seed_has_others(MlpInitialization kind)
    {
        MlpConfig model = s_everything with { Initialization = kind, DEmbed = 4, DHidden = 9, Biases = false };
        Dictionary<string, float[]> drawn = Draw(model), more = Draw(model with { Biases = true }), other = Draw(model, seed: 2);

        Assert.Equal(drawn, Draw(model));
        Assert.True(drawn.Count < more.Count);
        Assert.All(drawn, tensor => Assert.Equal(tensor.Value, more[tensor.Key]));
        Assert.All(drawn, tensor => Assert.NotEqual(tensor.Value, other[tensor.Key]));
        Assert.NotEqual(drawn["W_E.0"], drawn["W_E.1"]);
    }

    private static void AssertPyTorch(string name, float[] values, int inputsOfFirst)
    {
        if (name.StartsWith("W_E", StringComparison.Ordinal))
        {
            AssertMoments(values, deviation: 1);
            Assert.True(values.Max(Math.Abs) > 2.5, "A normal distribution has tails.");
        }
        else
        {
            // A bias is drawn like the weights of its map.
            AssertUniform(values, bound: 1 / Math.Sqrt(name is "W_in" or "b_in" ? inputsOfFirst : DHidden));
        }
    }

    private static void AssertUniform(float[] values, double bound)
    {
        AssertMoments(values, deviation: bound / Math.Sqrt(3));
        Assert.InRange(values.Max(Math.Abs), 0.9 * bound, bound * (1 + 1e-6));
    }

    // Within five standard errors of a mean of 0; that of a deviation is at most deviation / √(2n).
    private static void AssertMoments(float[] values, double deviation)
    {
        double average = values.Average(), spread = Math.Sqrt(values.Average(value => (value - average) * (value - average)));
        double error = deviation / Math.Sqrt(values.Length);
        Assert.InRange(average, -5 * error, 5 * error);
        Assert.InRange(spread, deviation - (5 * error), deviation + (5 * error));
    }

    private static Dictionary<string, float[]> Draw(MlpConfig config, ulong seed = 1)
    {
        var model = new Mlp(config, V, T, OutputLoss.CrossEntropy(V));
        float[] parameters = new float[model.Layout.Count];
        Array.Fill(parameters, float.NaN);
        model.Initialize(seed, parameters);
        return model.Layout.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.In(parameters.AsSpan()).ToArray(), StringComparer.Ordinal);
    }
}

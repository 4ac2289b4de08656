using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Optimizers;

[Trait("Category", "Unit")]
public sealed class EmbeddingsApartTests
{
    private const int Embeddings = 35;
    private const int Others = 52;

    private static readonly AdamW s_adam = new() { LearningRate = 1e-2, Beta2 = 0.999, WeightDecay = 0.5 };

    private static readonly Sgd s_sgd = new() { LearningRate = 0.3, Momentum = 0.9 };

    public static TheoryData<OptimizerConfig, OptimizerConfig> Rules => new()
    {
        { s_adam, s_sgd },
        { s_sgd, s_adam },
        { s_adam, s_adam with { LearningRate = 1e-3, WeightDecay = 0 } },
        { s_adam with { DecayTarget = DecayTarget.Initialization }, s_adam with { UpdateNoise = 0.5 } },
        { new Sgd(), new EmbeddingsApart { LearningRate = 0.5, Others = s_sgd } },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Each_part_has_the_bits_of_its_own_rule_alone(OptimizerConfig embeddings, OptimizerConfig others)
    {
        var config = new EmbeddingsApart { Embeddings = embeddings, Others = others };
        float[] together = Sample.Normal(Embeddings + Others, "parameters"), first = together[..Embeddings], second = together[Embeddings..];
        Optimizer rule = config.Start(Layout(), together, seed: 7);
        Optimizer firstRule = embeddings.Start(Alone(Embeddings), first, seed: 7), secondRule = others.Start(Alone(Others), second, seed: 7);
        for (int step = 0; step < 6; step++)
        {
            float[] gradient = Sample.Normal(Embeddings + Others, $"gradient {step}");

            // Half the rate of the record is half of both rates.
            rule.Update(together, gradient, 0.5, step);
            firstRule.Update(first, gradient.AsSpan(0, Embeddings), 0.5 * embeddings.LearningRate, step);
            secondRule.Update(second, gradient.AsSpan(Embeddings), 0.5 * others.LearningRate, step);
        }

        SameBits.Check([.. first, .. second], together, "parameters");
        Assert.Equal(
            firstRule.State.Concat(secondRule.State).SelectMany(buffer => buffer.Values.ToArray()), rule.State.SelectMany(buffer => buffer.Values.ToArray()));
    }

    [Fact]
    public void Both_rules_keep_their_own_rates_by_default() => Assert.Equal(1, new EmbeddingsApart().LearningRate);

    [Fact]
    public void Buffers_are_named_after_their_part() => Assert.Equal(
        [("embeddings.m", Embeddings), ("embeddings.v", Embeddings), ("others.velocity", Others)],
        Started(new EmbeddingsApart { Embeddings = s_adam, Others = s_sgd }).State.Select(buffer => (buffer.Name, buffer.Values.Length)));

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void A_resumed_run_goes_on_with_the_same_bits(OptimizerConfig embeddings, OptimizerConfig others)
    {
        var config = new EmbeddingsApart { Embeddings = embeddings, Others = others };
        float[] initial = Sample.Normal(Embeddings + Others, "parameters"), through = [.. initial];
        Optimizer rule = config.Start(Layout(), initial, 7), second = config.Start(Layout(), initial, 7);
        Run(rule, through, 0, 5);
        float[] resumed = [.. through];
        foreach (((string Name, Memory<float> Values) from, (string Name, Memory<float> Values) to) in rule.State.Zip(second.State))
        {
            Assert.Equal(from.Name, to.Name);
            from.Values.CopyTo(to.Values);
        }

        Run(rule, through, 5, 8);
        Run(second, resumed, 5, 8);

        SameBits.Check(through, resumed, "parameters");
    }

    [Fact]
    public void A_model_without_embeddings_has_the_rule_of_the_others_alone()
    {
        var layout = new ParameterLayout();
        layout.Add("W_in", 8, 4);
        float[] p = Sample.Normal(32, "parameters"), alone = [.. p];
        Optimizer rule = new EmbeddingsApart { Embeddings = s_adam, Others = s_sgd }.Start(layout, p, 0);

        Run(rule, p, 0, 3);
        Run(s_sgd.Start(layout, alone, 0), alone, 0, 3, s_sgd.LearningRate);

        SameBits.Check(alone, p, "parameters");
        Assert.All(rule.State.Take(2), buffer => Assert.Equal(0, buffer.Values.Length));
    }

    [Fact]
    public void Updating_allocates_nothing()
    {
        float[] p = Sample.Normal(Embeddings + Others, "parameters"), gradient = Sample.Normal(Embeddings + Others, "gradient");
        Optimizer rule = new EmbeddingsApart { Embeddings = s_adam, Others = s_sgd }.Start(Layout(), p, 0);
        int step = 0;

        Assert.Equal(0, AllocatedBytes.LeastOf(() => rule.Update(p, gradient, 1, step++)));
    }

    [Fact]
    public void Bad_fields_are_refused_by_name_value_and_range()
    {
        Refusal.Of("LearningRate", 0.0, new EmbeddingsApart { LearningRate = 0 }.Validate);
        Refusal.Of("Beta1", 1.0, new EmbeddingsApart { Embeddings = new AdamW { Beta1 = 1 } }.Validate);
        Refusal.Of("Momentum", 1.5, new EmbeddingsApart { Others = new Sgd { Momentum = 1.5 } }.Validate);
        Refusal.Of("Momentum", 1.5, () => Started(new EmbeddingsApart { Others = new Sgd { Momentum = 1.5 } }));
    }

    [Fact]
    public void Buffers_of_another_length_are_refused()
    {
        var config = new EmbeddingsApart { Embeddings = s_adam, Others = s_sgd };
        Optimizer rule = Started(config);
        float[] right = new float[Embeddings + Others];

        Assert.Throws<ArgumentException>("initialParameters", () => config.Start(Layout(), new float[Embeddings], 0));
        Assert.Throws<ArgumentException>("parameters", () => rule.Update(new float[Embeddings + Others + 1], right, 1, 0));
        Assert.Throws<ArgumentException>("parameters", () => rule.Update(new float[Embeddings - 1], right, 1, 0));
        Assert.Throws<ArgumentException>("gradient", () => rule.Update(right, new float[Embeddings + Others - 1], 1, 0));
        Refusal.Of("step", -1, () => rule.Update(right, right, 1, -1));
    }

    [Fact]
    public void Equal_rules_are_equal_values()
    {
        Assert.Equal(new EmbeddingsApart { Others = new Sgd { Momentum = 0.5 } }, new EmbeddingsApart { Others = new Sgd { Momentum = 0.5 } });
        Assert.NotEqual(new EmbeddingsApart { Others = new Sgd { Momentum = 0.5 } }, new EmbeddingsApart { Embeddings = new Sgd { Momentum = 0.5 } });
    }

    private static void Run(Optimizer rule, float[] parameters, int from, int to, double rate = 1)
    {
        for (int step = from; step < to; step++)
        {
            rule.Update(parameters, Sample.Normal(parameters.Length, $"gradient {step}"), rate, step);
        }
    }

    private static Optimizer Started(EmbeddingsApart config) => config.Start(Layout(), new float[Embeddings + Others], 0);

    private static ParameterLayout Layout()
    {
        var layout = new ParameterLayout();
        layout.Add("W_E.0", 5, 4);
        layout.Add("W_E.1", 5, 3);
        layout.Add("W_in", 7, 6);
        layout.Add("b_in", 10);
        return layout;
    }

    private static ParameterLayout Alone(int count)
    {
        var layout = new ParameterLayout();
        layout.Add("W", count);
        return layout;
    }
}

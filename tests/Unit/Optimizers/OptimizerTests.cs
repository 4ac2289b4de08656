using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Optimizers;

[Trait("Category", "Unit")]
public sealed class OptimizerTests
{
    private const int Count = 83;

    public static TheoryData<OptimizerConfig> Configurations =>
    [
        new AdamW(),
        AdamW.Adam,
        new AdamW { DecayTarget = DecayTarget.Initialization, WeightDecay = 0.3 },
        new AdamW { DecayTarget = DecayTarget.Gradient, WeightDecay = 0.3 },
        new AdamW { UpdateNoise = 0.5, Beta1 = 0, Beta2 = 0.999 },
        new Sgd(),
        new Sgd { Momentum = 0.9, WeightDecay = 0.1 },
        new Sgd { Momentum = 0.9, WeightDecay = 0.1, Nesterov = true, UpdateNoise = 0.1 },
    ];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Update_gives_the_bits_of_the_reference(OptimizerConfig config)
    {
        float[] fast = Values("parameters", 0);
        float[] slow = [.. fast];
        Optimizer fastRule = config.Start(Layout(), fast, 7);
        Optimizer slowRule = config.Start(Layout(), slow, 7);
        for (int step = 0; step < 6; step++)
        {
            float[] gradient = Values("gradient", step);
            fastRule.Update(fast, gradient, 1e-2, step);
            Reference(slowRule, slow, gradient, 1e-2, step);
        }

        Assert.Equal(slow.Select(BitConverter.SingleToUInt32Bits), fast.Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(DecayTarget.Origin)]
    [InlineData(DecayTarget.Initialization)]
    [InlineData(DecayTarget.Gradient)]
    public void AdamW_follows_its_formula_in_double_precision(DecayTarget decayTarget)
    {
        var config = new AdamW { WeightDecay = 0.5, DecayTarget = decayTarget };
        float[] actual = Values("parameters", 0);
        double[] initial = [.. actual.Select(x => (double)x)];
        double[] p = [.. initial];
        double[] m = new double[Count];
        double[] v = new double[Count];
        Optimizer rule = config.Start(Layout(), actual, 0);
        for (int step = 0; step < 20; step++)
        {
            float[] gradient = Values("gradient", step);
            double rate = new LearningRateSchedule().Rate(1e-2, step);
            rule.Update(actual, gradient, rate, step);
            for (int i = 0; i < Count; i++)
            {
                double g = gradient[i] + (decayTarget == DecayTarget.Gradient ? 0.5 * p[i] : 0);
                p[i] += decayTarget switch
                {
                    DecayTarget.Origin => -rate * 0.5 * p[i],
                    DecayTarget.Initialization => rate * 0.5 * (initial[i] - p[i]),
                    _ => 0,
                };
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.98 * v[i]) + (0.02 * g * g);
                double update = m[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(0.98, step + 1))) + 1e-8);
                p[i] -= rate / (1 - Math.Pow(0.9, step + 1)) * update;
            }
        }

        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(p[i], actual[i], 2e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sgd_follows_its_formula_in_double_precision(bool nesterov)
    {
        var config = new Sgd { Momentum = 0.9, WeightDecay = 0.1, Nesterov = nesterov };
        float[] actual = Values("parameters", 0);
        double[] p = [.. actual.Select(x => (double)x)];
        double[] b = new double[Count];
        Optimizer rule = config.Start(Layout(), actual, 0);
        for (int step = 0; step < 10; step++)
        {
            float[] gradient = Values("gradient", step);
            rule.Update(actual, gradient, 1e-2, step);
            for (int i = 0; i < Count; i++)
            {
                double g = gradient[i] + (0.1 * p[i]);
                b[i] = (0.9 * b[i]) + g;
                p[i] -= 1e-2 * (nesterov ? g + (0.9 * b[i]) : b[i]);
            }
        }

        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(p[i], actual[i], 2e-6);
        }
    }

    [Fact]
    public void Without_a_gradient_decay_moves_the_parameters_by_its_definition()
    {
        float[] zero = new float[Count];
        float[] start = Values("parameters", 0);

        // Decoupled: θ(1 - ηλ).
        float[] p = [.. start];
        new AdamW { WeightDecay = 2 }.Start(Layout(), start, 0).Update(p, zero, 0.1, 0);
        Assert.All(start.Zip(p), x => Assert.Equal(x.First * 0.8f, x.Second, 1e-6f));

        // Towards the initialisation: nothing at it, ηλ of the way from elsewhere.
        p = [.. start];
        Optimizer rule = new AdamW { WeightDecay = 2, DecayTarget = DecayTarget.Initialization }.Start(Layout(), start, 0);
        rule.Update(p, zero, 0.1, 0);
        Assert.Equal(start, p);
        Array.Fill(p, 1f);
        rule.Update(p, zero, 0.1, 1);
        Assert.All(start.Zip(p), x => Assert.Equal(1f + (0.2f * (x.First - 1f)), x.Second, 1e-6f));

        // Through the gradient: Adam's first step has length η whatever λ is.
        p = [.. start];
        new AdamW { WeightDecay = 2, DecayTarget = DecayTarget.Gradient }.Start(Layout(), start, 0).Update(p, zero, 0.1, 0);
        Assert.All(start.Zip(p), x => Assert.Equal(x.First - (0.1f * MathF.Sign(x.First)), x.Second, 1e-5f));
    }

    [Fact]
    public void A_zero_rate_leaves_the_parameters_but_feeds_the_moments()
    {
        float[] start = Values("parameters", 0);
        float[] p = [.. start];
        Optimizer rule = new AdamW().Start(Layout(), start, 0);
        rule.Update(p, Values("gradient", 0), 0, 0);
        Assert.Equal(start, p);
        Assert.All(rule.State, buffer => Assert.DoesNotContain(0f, buffer.Values.ToArray()));
    }

    [Fact]
    public void Update_noise_is_tenfold_at_the_first_step()
    {
        float[] zero = new float[Count];
        float[] p = new float[Count];
        new AdamW { WeightDecay = 0, UpdateNoise = 0.5 }.Start(Layout(), p, 3).Update(p, zero, 0.01, 0);

        float[] z = new float[Count];
        new RandomStream(3, "update noise", 0).FillNormal(z, 0, 1);
        Assert.All(z.Zip(p), x => Assert.Equal(-10 * 0.01f * 0.5f * x.First, x.Second, 1e-6f));
    }

    [Fact]
    public void Update_noise_depends_on_seed_and_step_alone()
    {
        Assert.Equal(NoisyStep(seed: 1, step: 4), NoisyStep(seed: 1, step: 4));
        Assert.NotEqual(NoisyStep(seed: 1, step: 4), NoisyStep(seed: 2, step: 4));
        Assert.NotEqual(NoisyStep(seed: 1, step: 4), NoisyStep(seed: 1, step: 5));

        static float[] NoisyStep(ulong seed, int step)
        {
            float[] p = new float[Count];
            new Sgd { UpdateNoise = 1 }.Start(Layout(), p, seed).Update(p, new float[Count], 1, step);
            return p;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_resumed_run_goes_on_with_the_same_bits(OptimizerConfig config)
    {
        float[] initial = Values("parameters", 0);
        float[] through = [.. initial];
        Optimizer rule = config.Start(Layout(), initial, 7);
        float[] resumed = [];
        Optimizer? second = null;
        for (int step = 0; step < 8; step++)
        {
            if (step == 5)
            {
                resumed = [.. through];
                second = config.Start(Layout(), initial, 7);
                foreach (((string Name, Memory<float> Values) from, (string Name, Memory<float> Values) to) in rule.State.Zip(second.State))
                {
                    Assert.Equal(from.Name, to.Name);
                    from.Values.CopyTo(to.Values);
                }
            }

            rule.Update(through, Values("gradient", step), 1e-2, step);
            second?.Update(resumed, Values("gradient", step), 1e-2, step);
        }

        Assert.Equal(through, resumed);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Updating_allocates_nothing(OptimizerConfig config)
    {
        float[] p = Values("parameters", 0);
        float[] gradient = Values("gradient", 0);
        Optimizer rule = config.Start(Layout(), p, 0);
        int step = 0;

        Assert.Equal(0, AllocatedBytes.LeastOf(() =>
        {
            GradientClipping.Clip(gradient, 0.1);
            rule.Update(p, gradient, 1e-3, step++);
        }));
    }

    [Fact]
    public void A_rule_written_elsewhere_works_through_the_contract()
    {
        OptimizerConfig config = new SignDescent { LearningRate = 0.1 };
        float[] p = [1f, -2f, 0.55f];
        var layout = new ParameterLayout();
        layout.Add("x", 3);
        Optimizer rule = config.Start(layout, p, 0);
        for (int step = 0; step < 30; step++)
        {
            rule.Update(p, [.. p], config.LearningRate, step);
        }

        Assert.All(p, x => Assert.InRange(x, -0.1001f, 0.1001f));
        Assert.Empty(rule.State);
        Assert.Equal(config, new SignDescent { LearningRate = 0.1 });
    }

    [Theory]
    [InlineData(nameof(AdamW.LearningRate), 0.0)]
    [InlineData(nameof(AdamW.LearningRate), double.NaN)]
    [InlineData(nameof(AdamW.Beta1), 1.0)]
    [InlineData(nameof(AdamW.Beta1), -0.1)]
    [InlineData(nameof(AdamW.Beta2), 1.5)]
    [InlineData(nameof(AdamW.Epsilon), 0.0)]
    [InlineData(nameof(AdamW.WeightDecay), -1.0)]
    [InlineData(nameof(AdamW.WeightDecay), double.PositiveInfinity)]
    [InlineData(nameof(AdamW.UpdateNoise), -1.0)]
    public void A_bad_field_of_AdamW_is_refused_by_name_value_and_range(string field, double value)
    {
        AdamW config = field switch
        {
            nameof(AdamW.LearningRate) => new AdamW { LearningRate = value },
            nameof(AdamW.Beta1) => new AdamW { Beta1 = value },
            nameof(AdamW.Beta2) => new AdamW { Beta2 = value },
            nameof(AdamW.Epsilon) => new AdamW { Epsilon = value },
            nameof(AdamW.WeightDecay) => new AdamW { WeightDecay = value },
            _ => new AdamW { UpdateNoise = value },
        };
        Refusal.Of(field, value, config.Validate);
        Refusal.Of(field, value, () => config.Start(Layout(), new float[Count], 0));
    }

    [Fact]
    public void Bad_fields_of_the_others_are_refused_by_name_value_and_range()
    {
        Refusal.Of("DecayTarget", (DecayTarget)9, new AdamW { DecayTarget = (DecayTarget)9 }.Validate);
        Refusal.Of("LearningRate", -1.0, new Sgd { LearningRate = -1 }.Validate);
        Refusal.Of("Momentum", 1.0, new Sgd { Momentum = 1 }.Validate);
        Refusal.Of("WeightDecay", -1.0, new Sgd { WeightDecay = -1 }.Validate);
        Refusal.Of("UpdateNoise", -1.0, new Sgd { UpdateNoise = -1 }.Validate);
    }

    [Fact]
    public void Buffers_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AdamW().Start(Layout(), new float[Count - 1], 0));
        foreach (OptimizerConfig config in (OptimizerConfig[])[new AdamW(), new Sgd()])
        {
            Optimizer rule = config.Start(Layout(), new float[Count], 0);
            Assert.Throws<ArgumentException>("parameters", () => rule.Update(new float[Count + 1], new float[Count], 0.1, 0));
            Assert.Throws<ArgumentException>("gradient", () => rule.Update(new float[Count], new float[Count - 1], 0.1, 0));
            Refusal.Of("step", -1, () => rule.Update(new float[Count], new float[Count], 0.1, -1));
        }
    }

    private static ParameterLayout Layout()
    {
        var layout = new ParameterLayout();
        layout.Add("W", 8, 10);
        layout.Add("b", 3);
        return layout;
    }

    private static float[] Values(string name, int step)
    {
        float[] values = new float[Count];
        new RandomStream(42, name, (ulong)step).FillNormal(values, 0, 0.5f);
        return values;
    }

    private static void Reference(Optimizer rule, float[] parameters, float[] gradient, double learningRate, int step)
    {
        switch (rule)
        {
            case AdamWOptimizer adam:
                adam.Reference(parameters, gradient, learningRate, step);
                break;
            case SgdOptimizer sgd:
                sgd.Reference(parameters, gradient, learningRate, step);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule, "No reference for this rule.");
        }
    }

    private sealed record SignDescent : OptimizerConfig
    {
        public override void Validate()
        {
        }

        public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) => new Rule();

        private sealed class Rule : Optimizer
        {
            public override IReadOnlyList<(string Name, Memory<float> Values)> State => [];

            public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
            {
                for (int i = 0; i < parameters.Length; i++)
                {
                    parameters[i] -= (float)learningRate * MathF.Sign(gradient[i]);
                }
            }
        }
    }
}

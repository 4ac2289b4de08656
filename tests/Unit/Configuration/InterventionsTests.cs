using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

/// <summary>Each intervention against its definition in Power et al. 2022, A.1.2.</summary>
[Trait("Category", "Unit")]
public sealed class InterventionsTests
{
    private static readonly Experiment s_baseline = Presets.Figure2Left;

    [Fact]
    public void The_nine_are_those_of_the_paper()
    {
        IReadOnlyList<Intervention> all = Interventions.Of(s_baseline);
        AdamW adam = new() { WeightDecay = 0 };

        Assert.Equal(9, all.Select(intervention => intervention.Experiment).Distinct().Count());
        Assert.Equal(9, all.Select(intervention => intervention.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            [
                s_baseline,
                s_baseline with { Optimizer = new AdamW { DecayTarget = DecayTarget.Initialization } },
                s_baseline with { Optimizer = adam },
                s_baseline with { Optimizer = adam, Batches = BatchRule.Full },
                s_baseline with { Optimizer = adam with { UpdateNoise = 1 }, Batches = BatchRule.Full },
                s_baseline with { Optimizer = adam, WeightNoise = 0.01 },
                s_baseline with { Optimizer = adam, Model = (TransformerConfig)s_baseline.Model with { Dropout = 0.1 } },
                s_baseline with { Optimizer = adam with { LearningRate = 3e-4 } },
                s_baseline with { Optimizer = adam with { LearningRate = 3e-3 } },
            ],
            all.Select(intervention => intervention.Experiment));
    }

    [Fact]
    public void A_baseline_without_decay_to_the_origin_is_refused()
    {
        Assert.Throws<ArgumentException>("baseline", () => Interventions.Of(s_baseline with { Optimizer = AdamW.Adam }));
        Assert.Throws<ArgumentException>("baseline", () => Interventions.Of(s_baseline with { Optimizer = new Sgd() }));
    }

    [Fact]
    public void A_baseline_without_a_transformer_is_refused() =>
        Assert.Throws<ArgumentException>("baseline", () => Interventions.Of(s_baseline with { Model = new MlpConfig() }));
}

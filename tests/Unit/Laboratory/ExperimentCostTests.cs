using Grokking.Laboratory;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class ExperimentCostTests
{
    private static readonly Experiment s_base = new() { Task = new FakeOperation { Elements = 97 }, Steps = 1000, BatchSize = 512 };

    [Fact]
    public void Cost_grows_in_proportion_to_the_budget() =>
        Assert.Equal(3 * ExperimentCost.Estimate(s_base), ExperimentCost.Estimate(s_base with { Steps = 3000 }));

    [Fact]
    public void A_full_batch_costs_as_much_as_its_training_set() =>
        Assert.Equal(
            0.5 * 97 * 97 / 512,
            ExperimentCost.Estimate(s_base with { Batches = BatchRule.Full }) / ExperimentCost.Estimate(s_base),
            precision: 9);

    [Fact]
    public void A_batch_costs_no_more_than_the_training_set() =>
        Assert.Equal(
            ExperimentCost.Estimate(s_base with { Batches = BatchRule.Full }),
            ExperimentCost.Estimate(s_base with { BatchSize = 1_000_000 }));

    [Fact]
    public void A_wider_or_deeper_model_costs_more()
    {
        double cost = ExperimentCost.Estimate(s_base);

        Assert.True(ExperimentCost.Estimate(s_base with { Model = new TransformerConfig { NLayers = 3 } }) > cost);
        Assert.True(ExperimentCost.Estimate(s_base with { Model = new TransformerConfig { DModel = 256 } }) > cost);
        Assert.True(ExperimentCost.Estimate(s_base with { Model = new TransformerConfig { MlpMultiplier = 8 } }) > cost);
    }

    [Fact]
    public void An_MLP_costs_less_than_a_transformer_and_more_the_wider_or_deeper_it_is()
    {
        double cost = ExperimentCost.Estimate(s_base with { Model = new MlpConfig() });

        Assert.InRange(cost, 1, 0.5 * ExperimentCost.Estimate(s_base));
        Assert.True(ExperimentCost.Estimate(s_base with { Model = new MlpConfig { NLayers = 2 } }) > cost);
        Assert.True(ExperimentCost.Estimate(s_base with { Model = new MlpConfig { DHidden = 500 } }) > cost);
    }
}

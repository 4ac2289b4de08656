using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class ExperimentFilterTests
{
    private static readonly Experiment s_experiment = Presets.Small with { Task = Operations.Add with { Modulus = 43 }, TrainFraction = 0.5, Seed = 3 };

    [Theory]
    [InlineData(true, "seed=0..4")]
    [InlineData(false, "seed=4,5")]
    [InlineData(true, "frac=0.50,0.6")]
    [InlineData(true, "op=x-y,x+y", "p=43")]
    [InlineData(true, "p=43", "op=x+y")]
    [InlineData(false, "op=x+y", "p=97")]
    [InlineData(true, "width=64")]
    [InlineData(false, "opt=Sgd")]
    public void It_fits_what_some_of_its_values_change_nothing_in(bool fits, params string[] assignments) =>
        Assert.Equal(fits, ExperimentFilter.Parse(assignments).Fits(s_experiment));

    [Fact]
    public void An_experiment_without_the_key_does_not_fit_once_another_had_it()
    {
        var filter = ExperimentFilter.Parse(["model.nHeads=4"]);

        Assert.True(filter.Fits(s_experiment));
        Assert.False(filter.Fits(Presets.Doshi2023));
    }

    [Theory]
    [InlineData("sede", "sede=1")]
    [InlineData("model.nHeads", "model.nHeads=many")]
    [InlineData("trainFraction", "frac=1.5")]
    public void What_makes_sense_for_no_experiment_is_refused_by_its_key(string key, params string[] assignments) =>
        Assert.Equal(key, Assert.Throws<ExperimentFormatException>(() => ExperimentFilter.Parse(assignments).Fits(s_experiment)).Key, StringComparer.Ordinal);

    [Fact]
    public void Combinations_are_not_made()
    {
        var filter = ExperimentFilter.Parse(["seed=0..999", "steps=1..1000", "batch=1..1000"]);

        Assert.False(filter.Fits(s_experiment with { Steps = 1001 }));
        Assert.True(filter.Fits(s_experiment with { Steps = 1000 }));
    }

    [Fact]
    public void A_whole_that_sets_its_parts_otherwise_is_made_good_by_them() =>
        Assert.True(ExperimentFilter.Parse(["opt=AdamW", "wd=0.3"]).Fits(s_experiment with { Optimizer = new AdamW { WeightDecay = 0.3 } }));
}

using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class EvaluationSetTests
{
    private static readonly int[] s_equations = [.. Enumerable.Range(0, 200).Select(i => 3 * i)];

    [Theory]
    [InlineData(null)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Without_a_lower_limit_all_equations_are_taken(int? limit) =>
        Assert.Equal(s_equations, EvaluationSet.Sample(s_equations, limit, seed: 1, "val"));

    [Fact]
    public void A_sample_has_the_limits_size_without_repetition_in_ascending_order()
    {
        int[] sample = EvaluationSet.Sample(s_equations, 40, seed: 1, "val");

        Assert.Equal(40, sample.Distinct().Count());
        Assert.Equal(sample.Order(), sample);
        Assert.Subset(s_equations.ToHashSet(), sample.ToHashSet());
    }

    [Fact]
    public void Seed_and_name_each_draw_a_sample_of_their_own()
    {
        int[] sample = EvaluationSet.Sample(s_equations, 40, seed: 1, "val");

        Assert.Equal(sample, EvaluationSet.Sample(s_equations, 40, seed: 1, "val"));
        Assert.NotEqual(sample, EvaluationSet.Sample(s_equations, 40, seed: 2, "val"));
        Assert.NotEqual(sample, EvaluationSet.Sample(s_equations, 40, seed: 1, "train"));
    }

    [Fact]
    public void A_set_counts_its_equations()
    {
        var sequences = TokenSequences.Encode(new EquationTable(Operations.Add with { Modulus = 5 }), SequenceConvention.PaperText);

        Assert.Equal(3, new EvaluationSet(sequences, [0, 7, 24]).Count);
        Assert.Equal(0, new EvaluationSet(sequences, []).Count);
    }

    [Fact]
    public void A_sampled_run_trains_as_the_whole_one_and_measures_shares_of_its_samples()
    {
        Experiment whole = TinyExperiments.Add with { Task = Operations.Add with { Modulus = 11 } };
        Experiment sampled = whole with { EvaluationSample = 8 };

        TrainedRun wholeRun = TinyExperiments.Train(whole);
        TrainedRun sampledRun = TinyExperiments.Train(sampled);

        Assert.Equal(wholeRun.Parameters.ToArray(), sampledRun.Parameters.ToArray());
        foreach (CurvePoint point in sampledRun.Curve.Points)
        {
            Assert.Equal(Math.Round(8 * point.TrainAccuracy), 8 * point.TrainAccuracy);
            Assert.Equal(Math.Round(8 * point.ValAccuracy), 8 * point.ValAccuracy);
        }
    }
}

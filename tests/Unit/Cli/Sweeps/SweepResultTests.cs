using Grokking.Cli.Sweeps;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Tests.Unit.Cli.Compare;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Sweeps;

[Trait("Category", "Unit")]
public sealed class SweepResultTests
{
    // Of an even number the median is the mean of two, of which the second need not have been seen.
    [Theory]
    [InlineData("400", 200, 400, null)]
    [InlineData("500", 200, 400, 600, null)]
    [InlineData("> 700", 200, 400, null, null)]
    [InlineData("> 1000", 200, null, null)]
    [InlineData("> 1000", null, null)]
    public void A_median_that_was_not_seen_is_told_by_its_lower_bound(string expected, params int?[] generalized)
    {
        ExperimentVariation[] variations =
        [
            .. generalized.Select((_, seed) => new ExperimentVariation(
                TypedRuns.Baseline with { Seed = (ulong)seed }, [KeyValuePair.Create("wd", "1"), KeyValuePair.Create("seed", $"{seed}")])),
        ];
        TrainedRun?[] runs =
        [
            .. generalized.Select((step, i) => new TrainedRun(TypedRuns.Run(variations[i].Experiment, step).Curve, new ParameterLayout(), default)),
        ];

        IReadOnlyList<string> row = [.. Assert.Single(new SweepResult(new SweepPlan("small", variations), runs).OverSeeds().Rows).Select(cell => cell.Text)];

        Assert.Equal(["1", $"{generalized.Length}", $"{generalized.Count(step => step is not null)}", expected], row, StringComparer.Ordinal);
    }
}

using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.TorchSharp;
using Grokking.Training;
using Xunit.Abstractions;

namespace Grokking.Tests.Torch;

/// <summary>
/// Whole runs until they generalise. Rounding sets two engines' runs apart long before, so what has to agree is when runs generalise, over ten seeds.
/// </summary>
[Trait("Category", "Torch")]
public sealed class MilestoneAgreementTests(ITestOutputHelper output)
{
    private const int Seeds = 10;
    private const double Factor = 1.2;

    private static readonly Experiment s_mlp = Presets.Doshi2023 with
    {
        Task = Operations.Add with { Modulus = 31 },
        TrainFraction = 0.5,
        Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = 100 },
        Optimizer = new AdamW { LearningRate = 5e-3, WeightDecay = 3 },
        Steps = 1_000,
        Stopping = StoppingRule.WhenGeneralized,
    };

    [Fact]
    public Task MLPs_generalise_when_the_CPU_engine_s_do() => Check(s_mlp);

    private static Experiment Slowed(Experiment experiment)
    {
        var adam = (AdamW)experiment.Optimizer;
        return experiment with { Optimizer = adam with { LearningRate = adam.LearningRate / 2 } };
    }

    private async Task Check(Experiment experiment)
    {
        int[] expected = await Times(new CpuEngine(), experiment, workers: null);
        int[] slowed = await Times(new CpuEngine(), Slowed(experiment), workers: null);
        using TorchEngine engine = TestDevice.NewEngine();
        int[] actual = await Times(engine, experiment, Seeds);

        var agreement = EquivalentTimes.Of(actual, expected);
        var control = EquivalentTimes.Of(slowed, expected);
        output.WriteLine($"TorchSharp / CPU engine: {agreement}; half the rate / the rate: {control}");
        output.WriteLine($"{string.Join(' ', expected)} | {string.Join(' ', actual)} | {string.Join(' ', slowed)}");
        Assert.True(agreement.Within(Factor), $"Runs generalise at {agreement} of the CPU engine's time, allowed: a factor of {Factor}.");
        Assert.False(control.Within(Factor), $"Half the learning rate passes with {control}.");
    }

    // The step at which each seed's run has generalised.
    private static async Task<int[]> Times(ITrainingEngine engine, Experiment experiment, int? workers)
    {
        using var laboratory = new TrainingLaboratory(engine, workers);
        IReadOnlyList<TrainedRun> runs = await laboratory.Train(Enumerable.Range(0, Seeds).Select(seed => experiment with { Seed = (ulong)seed }));
        Assert.All(runs, run => Assert.Equal(RunOutcome.Generalized, run.Curve.Outcome));
        return [.. runs.Select(run => run.Curve.Points[^1].Step)];
    }
}

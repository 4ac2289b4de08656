using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;
using TorchSharp;
using Xunit.Abstractions;

namespace Grokking.Tests.Torch;

/// <summary>Several runs in one tensor: each trains as if it were alone.</summary>
[Trait("Category", "Torch")]
public sealed class EnsembleTests(ITestOutputHelper output)
{
    // Batched products may add up in another order for another number of runs.
    private const double Limit = 1e-5;

    private static readonly Experiment s_base = TinyExperiments.Add with
    {
        Task = Operations.Add with { Modulus = 7 },
        Optimizer = new AdamW { LearningRate = 2e-3 },
        BatchSize = 8,
        Steps = 50,
    };

    private static Experiment[] Seeds => [.. Enumerable.Range(0, 5).Select(seed => s_base with { Seed = (ulong)seed })];

    [Fact]
    public void An_ensemble_is_its_runs()
    {
        IReadOnlyList<RunBuffers> together = Train(Seeds, s_base.Steps);

        double worst = Seeds.Zip(together, (experiment, run) => Distance(Train([experiment], s_base.Steps)[0], run)).Max();
        output.WriteLine(FormattableString.Invariant($"worst {worst:E1}"));
        Assert.True(worst <= Limit, FormattableString.Invariant($"A run in an ensemble is {worst:E1} off the run alone."));
    }

    [Fact]
    public void Runs_of_one_ensemble_may_differ_in_all_that_is_a_number()
    {
        Experiment[] experiments =
        [
            s_base,
            s_base with { Seed = 1, TrainFraction = 0.7 },
            s_base with { Task = Operations.Subtract with { Modulus = 7 }, Outliers = 3 },
            s_base with { Optimizer = new AdamW { LearningRate = 1e-3, WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-6 } },
            s_base with { Schedule = new LearningRateSchedule { WarmupSteps = 0, AnnealedAtStep = 30 }, Batches = BatchRule.Even },
        ];
        IReadOnlyList<RunBuffers> together = Train(experiments, s_base.Steps);

        for (int i = 0; i < experiments.Length; i++)
        {
            float[] alone = TinyExperiments.Train(experiments[i]).Parameters.ToArray();
            Assert.True(RelativeError.Of(alone, together[i].Parameters) <= 1e-3, $"Run {i} is not what the CPU engine makes of it.");
        }
    }

    [Theory]
    [InlineData("rate")]
    [InlineData("decay")]
    [InlineData("beta1")]
    [InlineData("beta2")]
    [InlineData("epsilon")]
    [InlineData("clip")]
    public void A_hyperparameter_acts_on_its_run_alone(string which)
    {
        Experiment clipped = s_base with { ClipNorm = 1 };
        var adam = (AdamW)s_base.Optimizer;
        Experiment changed = which switch
        {
            "rate" => clipped with { Optimizer = adam with { LearningRate = 4e-3 } },
            "decay" => clipped with { Optimizer = adam with { WeightDecay = 2 } },
            "beta1" => clipped with { Optimizer = adam with { Beta1 = 0.5 } },
            "beta2" => clipped with { Optimizer = adam with { Beta2 = 0.9 } },
            "epsilon" => clipped with { Optimizer = adam with { Epsilon = 1e-2 } },
            _ => clipped with { ClipNorm = 1e-9 },
        };

        IReadOnlyList<RunBuffers> before = Train([clipped, clipped, clipped], 10), after = Train([clipped, changed, clipped], 10);

        Assert.Equal(before[0].Parameters, after[0].Parameters);
        Assert.Equal(before[2].Parameters, after[2].Parameters);
        Assert.True(Distance(before[1], after[1]) > 1e-6);
    }

    [Fact]
    public void Runs_may_join_and_leave_between_steps()
    {
        Experiment[] seeds = Seeds;
        IReadOnlyList<RunBuffers> together = Train(seeds[..3], 20);
        EnsembleRun[] runs = [.. seeds[..3].Select(experiment => new EnsembleRun(experiment))];

        using var ensemble = new Ensemble(runs[0], TestDevice.Value);
        ensemble.Join([Start(runs[0]), Start(runs[1])]);
        ensemble.Advance(5);
        ensemble.Join([Start(runs[2])]);
        ensemble.Advance(15);
        RunBuffers first = ensemble.Copy(runs[0]), second = ensemble.Copy(runs[1]);
        ensemble.Leave([runs[0], runs[1]]);
        ensemble.Advance(5);

        Assert.Equal([runs[2]], ensemble.Runs);
        Assert.Equal([20, 20, 20], runs.Select(run => run.Step));
        Assert.True(Distance(together[0], first) <= Limit);
        Assert.True(Distance(together[1], second) <= Limit);
        Assert.True(Distance(together[2], ensemble.Copy(runs[2])) <= Limit);
    }

    [Fact]
    public void A_run_that_diverges_stays_as_it_was_and_the_others_do_not_notice()
    {
        // The first update is made with weights that the second pass cannot bear.
        Experiment diverging = s_base with { Optimizer = new AdamW { LearningRate = 1e20 }, Schedule = new LearningRateSchedule { WarmupSteps = 0 } };
        EnsembleRun[] runs = [new(s_base), new(diverging)];
        using var ensemble = new Ensemble(runs[0], TestDevice.Value);
        ensemble.Join([Start(runs[0]), Start(runs[1])]);
        ensemble.Advance(1);
        RunBuffers once = ensemble.Copy(runs[1]);
        ensemble.Advance(9);

        IReadOnlyList<(CurvePoint Point, bool IsAlive)> points = ensemble.Evaluate(runs);

        Assert.Equal([true, false], points.Select(point => point.IsAlive));
        Assert.Equal(once.Parameters, ensemble.Copy(runs[1]).Parameters);
        Assert.True(Distance(Train([s_base], 10)[0], ensemble.Copy(runs[0])) <= Limit);
        Assert.Equal(RunOutcome.Diverged, runs[1].Record(points[1].Point, points[1].IsAlive));
    }

    [Fact]
    public void Steps_and_evaluations_leave_no_tensor_behind()
    {
        var run = new EnsembleRun(s_base with { WeightNoise = 0.01, ClipNorm = 1, OrthogonalGradient = true });
        using var ensemble = new Ensemble(run, TestDevice.Value);
        ensemble.Join([Start(run)]);
        Exercise();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++)
        {
            Exercise();
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Exercise()
        {
            ensemble.Advance(2);
            ensemble.Evaluate([run]);
            ensemble.Copy(run);
        }
    }

    private static IReadOnlyList<RunBuffers> Train(Experiment[] experiments, int steps)
    {
        EnsembleRun[] runs = [.. experiments.Select(experiment => new EnsembleRun(experiment))];
        Assert.Single(runs.Select(run => run.Shape).Distinct());
        using var ensemble = new Ensemble(runs[0], TestDevice.Value);
        ensemble.Join([.. runs.Select(Start)]);
        ensemble.Advance(steps);
        return [.. runs.Select(ensemble.Copy)];
    }

    private static (EnsembleRun Run, RunBuffers Buffers, float[] Initial) Start(EnsembleRun run)
    {
        RunBuffers buffers = run.Draw();
        return (run, buffers, [.. buffers.Parameters]);
    }

    private static double Distance(RunBuffers expected, RunBuffers actual) => RelativeError.Of(expected.Parameters, actual.Parameters);
}

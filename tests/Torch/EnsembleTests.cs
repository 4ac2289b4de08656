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

    private static readonly AdamW s_adam = (AdamW)s_base.Optimizer;

    private static readonly AdamW s_noisyAdam = s_adam with { UpdateNoise = 0.1 };

    private static readonly Sgd s_sgd = new() { LearningRate = 0.05, WeightDecay = 1e-3, Momentum = 0.5, UpdateNoise = 0.1 };

    private static readonly EmbeddingsApart s_apart = new() { Embeddings = s_noisyAdam, Others = s_sgd };

    private static readonly Experiment s_clipped = s_base with { ClipNorm = 0.5 };

    // Each group is one shape.
    private static readonly Dictionary<string, Experiment[]> s_differing = new(StringComparer.Ordinal)
    {
        ["AdamW"] =
        [
            s_base,
            s_base with { Seed = 1, TrainFraction = 0.7 },
            s_base with { Task = Operations.Subtract with { Modulus = 7 }, Outliers = 3 },
            s_base with { Optimizer = new AdamW { LearningRate = 1e-3, WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-6 } },
            s_base with { Schedule = new LearningRateSchedule { WarmupSteps = 0, AnnealedAtStep = 30 }, Batches = BatchRule.Even },
            s_base with { InitializationScale = 2 },
        ],
        ["clipping and noise"] =
        [
            s_clipped with { WeightNoise = 0.01, Optimizer = s_noisyAdam },
            s_clipped with { WeightNoise = 0.01, Optimizer = s_noisyAdam, ClipNorm = 0.05 },
            s_clipped with { WeightNoise = 0.05, Optimizer = s_noisyAdam, InitializationScale = 0.5 },
            s_clipped with { WeightNoise = 0.01, Optimizer = s_noisyAdam with { UpdateNoise = 0.3 }, Seed = 1 },
        ],
        ["Sgd"] =
        [
            s_base with { Optimizer = s_sgd },
            s_base with { Optimizer = s_sgd with { LearningRate = 0.02, WeightDecay = 0.1 } },
            s_base with { Optimizer = s_sgd with { Momentum = 0, UpdateNoise = 0.3 }, InitializationScale = 2, Seed = 1 },
        ],
        ["Nesterov"] =
        [
            s_base with { Optimizer = s_sgd with { Nesterov = true } },
            s_base with { Optimizer = s_sgd with { Nesterov = true, Momentum = 0.9, LearningRate = 0.01 } },
        ],
        ["embeddings apart"] =
        [
            s_base with { Optimizer = s_apart },
            s_base with { Optimizer = s_apart with { LearningRate = 0.5 } },
            s_base with { Optimizer = s_apart with { Embeddings = s_noisyAdam with { LearningRate = 1e-2, Beta2 = 0.9 } } },
            s_base with { Optimizer = s_apart with { Others = s_sgd with { LearningRate = 0.02, Momentum = 0.9 } } },
        ],
    };

    // An experiment and the same with one number changed.
    private static readonly Dictionary<string, (Experiment Usual, Experiment Changed)> s_numbers = new(StringComparer.Ordinal)
    {
        ["rate"] = Pair(s_adam, s_adam with { LearningRate = 4e-3 }),
        ["decay"] = Pair(s_adam, s_adam with { WeightDecay = 2 }),
        ["beta1"] = Pair(s_adam, s_adam with { Beta1 = 0.5 }),
        ["beta2"] = Pair(s_adam, s_adam with { Beta2 = 0.9 }),
        ["epsilon"] = Pair(s_adam, s_adam with { Epsilon = 1e-2 }),
        ["noise"] = Pair(s_noisyAdam, s_noisyAdam with { UpdateNoise = 0.2 }),
        ["Sgd's rate"] = Pair(s_sgd, s_sgd with { LearningRate = 0.1 }),
        ["Sgd's decay"] = Pair(s_sgd, s_sgd with { WeightDecay = 0.1 }),
        ["Sgd's momentum"] = Pair(s_sgd, s_sgd with { Momentum = 0.9 }),
        ["Sgd's noise"] = Pair(s_sgd, s_sgd with { UpdateNoise = 0.2 }),
        ["the rate of both parts"] = Pair(s_apart, s_apart with { LearningRate = 2 }),
        ["the rate of the embeddings"] = Pair(s_apart, s_apart with { Embeddings = s_noisyAdam with { LearningRate = 4e-3 } }),
        ["the momentum of the others"] = Pair(s_apart, s_apart with { Others = s_sgd with { Momentum = 0.9 } }),
        ["clip"] = (s_clipped, s_clipped with { ClipNorm = 1e-9 }),
        ["weight noise"] = (s_base with { WeightNoise = 0.01 }, s_base with { WeightNoise = 0.02 }),
        ["scale at the start"] = (s_base, s_base with { InitializationScale = 2 }),
        ["scale of a constant norm"] =
            (s_base with { ConstantNorm = true }, s_base with { ConstantNorm = true, InitializationScale = 2 }),
    };

    public static TheoryData<string> Differing => [.. s_differing.Keys];

    public static TheoryData<string> Numbers => [.. s_numbers.Keys];

    private static Experiment[] Seeds => [.. Enumerable.Range(0, 5).Select(seed => s_base with { Seed = (ulong)seed })];

    [Fact]
    public void An_ensemble_is_its_runs()
    {
        IReadOnlyList<RunBuffers> together = Train(Seeds, s_base.Steps);

        double worst = Seeds.Zip(together, (experiment, run) => Distance(Train([experiment], s_base.Steps)[0], run)).Max();
        output.WriteLine(FormattableString.Invariant($"worst {worst:E1}"));
        Assert.True(worst <= Limit, FormattableString.Invariant($"A run in an ensemble is {worst:E1} off the run alone."));
    }

    [Theory]
    [MemberData(nameof(Differing))]
    public void Runs_of_one_ensemble_may_differ_in_all_that_is_a_number(string group)
    {
        Experiment[] experiments = s_differing[group];
        IReadOnlyList<RunBuffers> together = Train(experiments, s_base.Steps);

        for (int i = 0; i < experiments.Length; i++)
        {
            float[] alone = TinyExperiments.Train(experiments[i]).Parameters.ToArray();
            double distance = RelativeError.Of(alone, together[i].Parameters);
            output.WriteLine(FormattableString.Invariant($"run {i}: {distance:E1}"));
            Assert.True(distance <= 1e-3, FormattableString.Invariant($"Run {i} is {distance:E1} off what the CPU engine makes of it."));
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_hyperparameter_acts_on_its_run_alone(string which)
    {
        (Experiment usual, Experiment changed) = s_numbers[which];

        IReadOnlyList<RunBuffers> before = Train([usual, usual, usual], 10), after = Train([usual, changed, usual], 10);

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

    [Theory]
    [InlineData(BackwardPass.Autograd, 0)]
    [InlineData(BackwardPass.Autograd, 0.1)]
    [InlineData(BackwardPass.Derived, 0)]
    [InlineData(BackwardPass.Derived, 0.1)]
    public void Steps_evaluations_and_runs_that_come_and_go_leave_no_tensor_behind(BackwardPass backward, double dropout)
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Experiment experiment = s_base with
        {
            Model = TinyExperiments.Transformer with { Dropout = dropout },
            Optimizer = s_noisyAdam with { DecayTarget = DecayTarget.Initialization },
            WeightNoise = 0.01,
            ClipNorm = 1,
            OrthogonalGradient = true,
            ConstantNorm = true,
        };
        var run = new EnsembleRun(experiment);
        using (var ensemble = new Ensemble(run, TestDevice.Value, backward))
        {
            ensemble.Join([Start(run)]);
            Exercise(ensemble);
            long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (int i = 0; i < 20; i++)
            {
                Exercise(ensemble);
            }

            Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            ensemble.Leave([run]);
            Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount < live);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Exercise(Ensemble ensemble)
        {
            var guest = new EnsembleRun(experiment with { Seed = 1 });
            ensemble.Join([Start(guest)]);
            ensemble.Advance(2);
            ensemble.Evaluate([run, guest]);
            ensemble.Copy(guest);
            ensemble.Leave([guest]);
        }
    }

    private static (Experiment Usual, Experiment Changed) Pair(OptimizerConfig usual, OptimizerConfig changed) =>
        (s_base with { Optimizer = usual }, s_base with { Optimizer = changed });

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

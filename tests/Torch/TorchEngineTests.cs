using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;

namespace Grokking.Tests.Torch;

/// <summary>The engine as its callers see it.</summary>
[Trait("Category", "Torch")]
public sealed class TorchEngineTests : IDisposable
{
    private readonly TorchEngine _engine = TestDevice.NewEngine();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Each_evaluation_is_told_once_on_the_callers_thread()
    {
        int caller = Environment.CurrentManagedThreadId;
        List<int> threads = [];
        var told = new RecordedProgress { Then = _ => threads.Add(Environment.CurrentManagedThreadId) };

        TrainedRun run = _engine.Train(TinyExperiments.Add, told, checkpointing: null, CancellationToken.None);

        Assert.Equal(run.Curve.Points, told.Reports.Select(report => report.Latest));
        Assert.All(told.Reports, report => Assert.Equal(report.Latest.Step, report.Step));
        Assert.All(threads, thread => Assert.Equal(caller, thread));
    }

    [Fact]
    public void A_run_stops_where_the_CPU_engine_stops_it()
    {
        Experiment experiment = TinyExperiments.First with { Stopping = StoppingRule.WhenGeneralized };
        LearningCurve expected = TinyExperiments.Train(experiment).Curve;

        LearningCurve actual = Train(experiment).Curve;

        Assert.Equal(RunOutcome.Generalized, actual.Outcome);
        Assert.Equal(expected.Points.Select(point => (point.Step, point.TrainAccuracy, point.ValAccuracy)), actual.Points.Select(point => (point.Step, point.TrainAccuracy, point.ValAccuracy)));
    }

    [Fact]
    public async Task A_laboratory_trains_a_sweep_of_several_shapes_side_by_side()
    {
        Experiment[] sweep =
        [
            .. Enumerable.Range(0, 6).Select(seed => TinyExperiments.Add with { Seed = (ulong)seed, Steps = 10 + seed }),
            .. Enumerable.Range(0, 3).Select(seed => TinyExperiments.Add with { Seed = (ulong)seed, Optimizer = new Sgd { LearningRate = 0.1 } }),
        ];
        using var laboratory = new TrainingLaboratory(_engine, workers: sweep.Length);

        IReadOnlyList<TrainedRun> runs = await laboratory.Train(sweep);

        for (int i = 0; i < sweep.Length; i++)
        {
            Assert.True(RelativeError.Of(TinyExperiments.Train(sweep[i]).Curve, runs[i].Curve) <= 1e-4, $"Run {i} has another curve.");
        }
    }

    [Fact]
    public async Task Runs_over_vectors_of_their_own_train_side_by_side()
    {
        Experiment[] sweep =
        [
            .. Enumerable.Range(0, 3).Select(seed => TinyExperiments.TeacherMlp with { Seed = (ulong)seed }),
            .. Enumerable.Range(0, 3).Select(seed => TinyExperiments.CommitteeMlp with { Seed = (ulong)seed, Steps = 15 + seed }),
            .. Enumerable.Range(0, 3).Select(seed => TinyExperiments.Diagonal with { Seed = (ulong)seed, Steps = 15 + seed }),
        ];
        using var laboratory = new TrainingLaboratory(_engine, workers: sweep.Length);

        IReadOnlyList<TrainedRun> runs = await laboratory.Train(sweep);

        for (int i = 0; i < sweep.Length; i++)
        {
            Assert.True(RelativeError.Of(TinyExperiments.Train(sweep[i]).Curve, runs[i].Curve) <= 1e-4, $"Run {i} has another curve.");
        }
    }

    [Fact]
    public void A_run_whose_outputs_start_at_zero_goes_on_from_a_checkpoint_with_the_same_start()
    {
        var kept = new KeptCheckpoints { Due = step => step == 12 };
        TrainedRun expected = new CpuEngine().Train(TinyExperiments.CommitteeMlp, progress: null, kept, CancellationToken.None);

        TrainedRun resumed = _engine.Train(
            TinyExperiments.CommitteeMlp, progress: null, new KeptCheckpoints { Start = kept.Saved.Single() }, CancellationToken.None);

        Assert.True(RelativeError.Of(expected.Curve, resumed.Curve) <= 1e-5);
    }

    [Fact]
    public async Task More_runs_than_there_is_room_for_wait_their_turn()
    {
        using TorchEngine narrow = TestDevice.NewEngine(maxRuns: 2);
        using var laboratory = new TrainingLaboratory(narrow, workers: 5);

        IReadOnlyList<TrainedRun> runs = await laboratory.Train(Enumerable.Range(0, 5).Select(seed => TinyExperiments.Add with { Seed = (ulong)seed }));

        Assert.All(runs, run => Assert.Equal(RunOutcome.BudgetSpent, run.Curve.Outcome));
    }

    [Fact]
    public void A_cancelled_run_is_kept_and_goes_on_as_if_unbroken()
    {
        Experiment experiment = TinyExperiments.Add with { Steps = 60, WeightNoise = 0.01 };
        TrainedRun unbroken = Train(experiment);
        using var cancellation = new CancellationTokenSource();
        var kept = new KeptCheckpoints { Due = _ => false };
        var stopper = new RecordedProgress { Then = progress => { if (progress.Step >= 20) { cancellation.Cancel(); } } };

        Assert.ThrowsAny<OperationCanceledException>(() => _engine.Train(experiment, stopper, kept, cancellation.Token));
        Checkpoint checkpoint = Assert.Single(kept.Saved);
        Assert.InRange(checkpoint.Step, 20, 59);
        TrainedRun resumed = _engine.Train(experiment, progress: null, new KeptCheckpoints { Start = checkpoint }, CancellationToken.None);

        Assert.Equal(RunOrigin.Resumed, resumed.Origin);
        Assert.True(RelativeError.Of(unbroken.Curve, resumed.Curve) <= 1e-5);
        Assert.True(RelativeError.Of(unbroken.Parameters.Span, resumed.Parameters.Span) <= 1e-5);
    }

    [Fact]
    public void A_checkpoint_of_the_CPU_engine_fits()
    {
        Experiment experiment = TinyExperiments.Add with { Steps = 40 };
        var kept = new KeptCheckpoints { Due = step => step == 30 };
        TrainedRun expected = new CpuEngine().Train(experiment, progress: null, kept, CancellationToken.None);

        TrainedRun resumed = _engine.Train(experiment, progress: null, new KeptCheckpoints { Start = kept.Saved.Single() }, CancellationToken.None);

        Assert.True(RelativeError.Of(expected.Curve, resumed.Curve) <= 1e-5);
    }

    [Fact]
    public void A_diverged_run_ends_with_the_points_before()
    {
        TrainedRun run = Train(TinyExperiments.Add with { Optimizer = new AdamW { LearningRate = 1e38 }, Steps = 30 });

        Assert.Equal(RunOutcome.Diverged, run.Curve.Outcome);
        Assert.All(run.Curve.Points, point => Assert.True(double.IsFinite(point.TrainLoss)));
    }

    [Fact]
    public void A_run_that_is_not_finite_before_its_first_update_has_diverged_with_that_one_point()
    {
        var told = new RecordedProgress();

        LearningCurve curve = _engine.Train(
            TinyExperiments.OneHotMlp with { InitializationScale = 1e14 }, told, checkpointing: null, CancellationToken.None).Curve;

        Assert.Equal(RunOutcome.Diverged, curve.Outcome);
        Assert.Equal(0, Assert.Single(curve.Points).Step);
        Assert.False(curve.Final.IsFinite);
        Assert.Equal(curve.Final, Assert.Single(told.Reports).Latest);
    }

    [Fact]
    public void What_progress_throws_ends_the_run_and_not_the_engine()
    {
        var progress = new RecordedProgress { Then = _ => throw new InvalidOperationException("listener") };

        Assert.Throws<InvalidOperationException>(() => _engine.Train(TinyExperiments.Add, progress, checkpointing: null, CancellationToken.None));
        Assert.Equal(RunOutcome.BudgetSpent, Train(TinyExperiments.Add).Curve.Outcome);
    }

    [Fact]
    public void What_the_engine_cannot_train_is_refused_by_name()
    {
        NotSupportedException model = Assert.Throws<NotSupportedException>(() => Train(TinyExperiments.Add with { Model = new UnheardModel() }));
        NotSupportedException rule = Assert.Throws<NotSupportedException>(() => Train(TinyExperiments.Add with { Optimizer = new UnheardRule() }));

        Assert.Contains("UnheardModel", model.Message, StringComparison.Ordinal);
        Assert.Contains("UnheardRule", rule.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_refuses_it_says_beforehand_too()
    {
        Assert.Null(_engine.WhyRefused(TinyExperiments.Add));
        Assert.Contains("UnheardModel", _engine.WhyRefused(TinyExperiments.Add with { Model = new UnheardModel() }), StringComparison.Ordinal);
        Assert.Contains("UnheardRule", _engine.WhyRefused(TinyExperiments.Add with { Optimizer = new UnheardRule() }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_experiment_is_refused_like_anywhere() =>
        Assert.ThrowsAny<ArgumentException>(() => Train(TinyExperiments.Add with { Steps = 0 }));

    [Fact]
    public void Its_sources_are_part_of_its_runs_keys() =>
        Assert.Contains("Grokking.TorchSharp ", RunKey.Of(TinyExperiments.Add, _engine.Id).SpecText, StringComparison.Ordinal);

    [Fact]
    public void A_disposed_engine_says_so()
    {
        _engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Train(TinyExperiments.Add));
    }

    private TrainedRun Train(Experiment experiment) => _engine.Train(experiment, progress: null, checkpointing: null, CancellationToken.None);

    private sealed record UnheardRule : OptimizerConfig
    {
        public override void Validate()
        {
        }

        public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) =>
            throw new NotSupportedException();
    }

    private sealed record UnheardModel : ModelConfig
    {
        public override void Validate()
        {
        }

        public override void ValidateFor(LearningTask task, SequenceConvention convention)
        {
        }

        public override Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples) => throw new NotSupportedException();

        public override ModelConfig WithoutDropout() => this;

        public override double EstimateCost(LearningTask task) => 1;
    }
}

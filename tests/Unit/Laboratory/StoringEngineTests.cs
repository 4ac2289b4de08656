using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Optimizers;
using Grokking.Store;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Unit.Store;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class StoringEngineTests
{
    private static readonly string s_engineId = new CpuEngine().Id;

    private static readonly CheckpointPace s_always = new(TimeSpan.FromTicks(1), 1);

    private readonly MemoryFiles _files = new();
    private readonly QuarantineList _quarantined = [];
    private readonly RunStore _store;

    public StoringEngineTests() => _store = new RunStore(_files, _quarantined);

    private static Experiment Experiment => TinyExperiments.Add with { WeightNoise = 0.01, Optimizer = new AdamW { UpdateNoise = 0.1 } };

    [Fact]
    public void A_run_is_trained_once_and_read_ever_after()
    {
        var engine = new FakeEngine();
        var storing = new StoringEngine(engine, _store);

        TrainedRun first = Train(storing);
        TrainedRun second = Train(storing);
        TrainedRun other = Train(storing, Experiment with { Seed = 1 });

        Assert.Equal([RunOrigin.Trained, RunOrigin.Cached, RunOrigin.Trained], new[] { first, second, other }.Select(run => run.Origin));
        Assert.Equal([0ul, 1], engine.Trained.Select(experiment => experiment.Seed));
        Assert.Equal(first.Curve.Points, second.Curve.Points);
        Assert.Equal("fake-1", storing.Id);
    }

    [Fact]
    public void What_is_read_is_what_was_trained_to_the_last_bit()
    {
        TrainedRun plain = TinyExperiments.Train(Experiment);
        TrainedRun trained = Train(new StoringEngine(new CpuEngine(), _store));
        TrainedRun read = Train(new StoringEngine(new CpuEngine(), _store));

        AssertSame(plain, trained);
        AssertSame(plain, read);
        Assert.Equal(plain.Layout.Tensors, read.Layout.Tensors);
    }

    [Fact]
    public void A_run_that_diverges_before_its_first_update_is_kept_too()
    {
        Experiment experiment = TinyExperiments.OneHotMlp with { InitializationScale = 1e14 };
        var storing = new StoringEngine(new CpuEngine(), _store);

        TrainedRun trained = Train(storing, experiment);
        TrainedRun read = Train(storing, experiment);

        Assert.Equal(RunOrigin.Cached, read.Origin);
        Assert.Equal((RunOutcome.Diverged, 0), (read.Curve.Outcome, read.Curve.LastStep));
        AssertSame(trained, read);
    }

    [Fact]
    public void A_run_that_is_read_tells_its_last_evaluation()
    {
        var storing = new StoringEngine(new CpuEngine(), _store);
        TrainedRun run = Train(storing);
        var told = new RecordedProgress();

        storing.Train(Experiment, told, checkpointing: null, CancellationToken.None);

        TrainingProgress report = Assert.Single(told.Reports);
        Assert.Equal((run.Curve.LastStep, run.Curve.Final), (report.Step, report.Latest));
    }

    [Fact]
    public void An_interrupted_run_goes_on_and_ends_with_the_same_bits()
    {
        var storing = new StoringEngine(new CpuEngine(), _store, pace: s_always);
        for (int stop = 3; stop < 20; stop += 5)
        {
            using var cancellation = new CancellationTokenSource();
            var stopping = new RecordedProgress { Then = told => Stop(told, stop, cancellation) };
            Assert.Throws<OperationCanceledException>(() => storing.Train(Experiment, stopping, checkpointing: null, cancellation.Token));
        }

        TrainedRun resumed = Train(storing);

        Assert.Equal(RunOrigin.Resumed, resumed.Origin);
        AssertSame(TinyExperiments.Train(Experiment), resumed);
        Assert.Equal(5, _store.Find(Experiment, s_engineId)!.Attempts);

        static void Stop(TrainingProgress told, int step, CancellationTokenSource cancellation)
        {
            if (told.Step >= step)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void To_train_anew_reads_nothing_and_finds_the_same_bits()
    {
        var engine = new FakeEngine();
        Train(new StoringEngine(engine, _store));
        TrainedRun again = Train(new StoringEngine(engine, _store, anew: true));

        Assert.Equal(RunOrigin.Trained, again.Origin);
        Assert.Equal(2, engine.Trained.Count);
    }

    [Fact]
    public void Bits_that_moved_under_one_id_are_an_error()
    {
        var moved = new FakeEngine { LastTrainLoss = 2 };
        Train(new StoringEngine(new FakeEngine(), _store));

        Assert.Throws<DifferentBitsException>(() => Train(new StoringEngine(moved, _store, anew: true)));
        Assert.Equal(RunOrigin.Cached, Train(new StoringEngine(moved, _store)).Origin);
    }

    [Fact]
    public void A_damaged_run_is_trained_again()
    {
        var storing = new StoringEngine(new CpuEngine(), _store);
        TrainedRun first = Train(storing);
        string curve = _files.Paths.Single(path => path.EndsWith("curve.csv", StringComparison.Ordinal));
        _files[curve] = [.. _files[curve].SkipLast(1)];

        TrainedRun second = Train(storing);

        Assert.Equal(RunOrigin.Trained, second.Origin);
        AssertSame(first, second);
        Assert.Single(_quarantined);
        Assert.Equal(RunOrigin.Cached, Train(storing).Origin);
    }

    [Fact]
    public void A_run_that_diverged_is_kept_too()
    {
        Experiment diverging = TinyExperiments.Add with { Optimizer = new AdamW { LearningRate = 1e30 }, Steps = 1000 };
        var storing = new StoringEngine(new CpuEngine(), _store);

        Train(storing, diverging);
        TrainedRun read = Train(storing, diverging);

        Assert.Equal((RunOrigin.Cached, RunOutcome.Diverged), (read.Origin, read.Curve.Outcome));
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_is_put_aside()
    {
        RunKey key = RunKey.Of(Experiment, s_engineId);
        using (RunWriter writer = _store.TryBegin(key, Experiment, s_engineId)!)
        {
            writer.Save(new Checkpoint(5, [], []));
        }

        TrainedRun run = Train(new StoringEngine(new CpuEngine(), _store));

        Assert.Equal(RunOrigin.Trained, run.Origin);
        Assert.Contains("does not fit", Assert.Single(_quarantined).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_does_not_promise_its_bits_may_give_others_and_the_store_keeps_what_it_has()
    {
        double loss = 0;
        var engine = new FakeEnsembleEngine { Makes = run => run with { Curve = run.Curve with { Points = [run.Curve.Points[0], run.Curve.Final with { ValLoss = ++loss }] } } };

        TrainedRun first = Train(new StoringEngine(engine, _store, anew: true));
        TrainedRun second = Train(new StoringEngine(engine, _store, anew: true));
        TrainedRun read = Train(new StoringEngine(engine, _store));

        Assert.Equal([1.0, 2.0, 1.0], new[] { first, second, read }.Select(run => run.Curve.Final.ValLoss));
        Assert.Equal(RunOrigin.Cached, read.Origin);
        Assert.Empty(_quarantined);
    }

    [Fact]
    public void An_engine_that_does_not_promise_its_bits_may_go_on_otherwise_than_an_attempt_before()
    {
        var engine = new FakeEnsembleEngine();
        RunKey key = RunKey.Of(Experiment, engine.Id);
        using (RunWriter writer = _store.TryBegin(key, Experiment, engine.Id, repeatsBits: false)!)
        {
            writer.Report(new CurvePoint(0, 9, 0, 9, 0, null, 9));
            writer.Save(new Checkpoint(5, [], []));
        }

        using (RunWriter writer = _store.TryBegin(key, Experiment, engine.Id, repeatsBits: false)!)
        {
            writer.Save(new Checkpoint(5, [new CurvePoint(0, 8, 0, 8, 0, null, 8)], []));
        }

        Assert.Equal(RunOrigin.Trained, Train(new StoringEngine(engine, _store)).Origin);
    }

    [Fact]
    public async Task A_run_that_somebody_else_trains_is_waited_for()
    {
        var engine = new FakeEngine();
        RunKey key = RunKey.Of(Experiment, engine.Id);
        TrainedRun result = engine.Train(Experiment, progress: null, checkpointing: null, CancellationToken.None);
        RunWriter other = _store.TryBegin(key, Experiment, engine.Id)!;

        Task<TrainedRun> waiting = Task.Run(() => Train(new StoringEngine(engine, _store)));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(50)));
        other.Complete(result.Curve, []);
        other.Dispose();

        Assert.Equal(RunOrigin.Cached, (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Origin);
        Assert.Single(engine.Trained);
    }

    [Fact]
    public async Task Waiting_for_somebody_else_can_be_cancelled()
    {
        var engine = new FakeEngine();
        using RunWriter other = _store.TryBegin(RunKey.Of(Experiment, engine.Id), Experiment, engine.Id)!;
        using var cancellation = new CancellationTokenSource();

        Task<TrainedRun> waiting = Task.Run(() => new StoringEngine(engine, _store).Train(Experiment, progress: null, checkpointing: null, cancellation.Token));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(14.9, 0)]
    [InlineData(15.1, 1)]
    public void A_run_is_kept_every_fifteen_seconds(double seconds, int expected)
    {
        var clock = new SetClock();
        var kept = new FaultyFiles(_files, Fault.InputOutput);
        var engine = new StoringEngine(new CpuEngine(), new RunStore(kept), clock: clock);
        int checkpoints = 0;
        var told = new RecordedProgress
        {
            Then = progress =>
            {
                clock.Seconds = progress.Step >= 4 ? seconds : 0;
                checkpoints = Math.Max(checkpoints, _files.Paths.Count(path => path.Contains("ckpt-", StringComparison.Ordinal)));
            },
        };

        engine.Train(Experiment, told, checkpointing: null, CancellationToken.None);

        Assert.Equal(expected, checkpoints);
    }

    // Backwards, far ahead, and standing still: a clock decides when a run is kept and never what.
    [Fact]
    public void A_mad_clock_moves_no_bit()
    {
        double[] times = [0, -86_400, 3.2e8, -3.2e8, 5, 5, 1e9, 0];
        int look = 0;
        var clock = new SetClock { OnLook = clock => clock.Seconds = times[look++ % times.Length] };

        TrainedRun run = new StoringEngine(new CpuEngine(), _store, clock: clock).Train(Experiment, progress: null, checkpointing: null, CancellationToken.None);

        AssertSame(TinyExperiments.Train(Experiment), run);
    }

    [Fact]
    public void Slow_disks_are_written_to_less_often()
    {
        CheckpointPace pace = CheckpointPace.Default;

        Assert.Equal(TimeSpan.FromSeconds(15), pace.After(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(TimeSpan.FromSeconds(200), pace.After(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(15), pace.After(TimeSpan.FromDays(-400)));
        Assert.Equal(TimeSpan.FromDays(1), pace.After(TimeSpan.MaxValue));
    }

    [Fact]
    public void There_is_no_second_place_to_keep_a_run() =>
        Assert.Throws<ArgumentException>(
            () => new StoringEngine(new FakeEngine(), _store).Train(Experiment, progress: null, new KeptCheckpoints(), CancellationToken.None));

    [Fact]
    public void A_full_disk_ends_the_run_and_leaves_what_was_kept()
    {
        var counting = new FaultyFiles(new MemoryFiles(), Fault.NoSpace);
        Train(KeepingAlways(counting));
        var full = new FaultyFiles(_files, Fault.NoSpace, counting.Count / 2);

        StoreException refusal = Assert.Throws<StoreException>(() => Train(KeepingAlways(full)));
        full.FreeLocks();

        Assert.Contains("No space left", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_files.Paths, path => path.Contains(".tmp-", StringComparison.Ordinal));
        TrainedRun resumed = Train(new StoringEngine(new CpuEngine(), _store));
        Assert.Equal(RunOrigin.Resumed, resumed.Origin);
        AssertSame(TinyExperiments.Train(Experiment), resumed);
    }

    // On every look the clock is a second later, so each run makes the same operations however long they take.
    private static StoringEngine KeepingAlways(IStoreFiles files) =>
        new(new CpuEngine(), new RunStore(files), pace: s_always, clock: new SetClock { OnLook = clock => clock.Seconds++ });

    private static TrainedRun Train(StoringEngine engine, Experiment? experiment = null) =>
        engine.Train(experiment ?? Experiment, progress: null, checkpointing: null, CancellationToken.None);

    private static void AssertSame(TrainedRun expected, TrainedRun actual)
    {
        Assert.Equal(expected.Curve.Points, actual.Curve.Points);
        Assert.Equal((expected.Curve.Outcome, expected.Curve.Budget), (actual.Curve.Outcome, actual.Curve.Budget));
        Assert.True(expected.Parameters.Span.SequenceEqual(actual.Parameters.Span));
    }

    private sealed class SetClock : TimeProvider
    {
        public double Seconds { get; set; }

        public Action<SetClock> OnLook { get; init; } = _ => { };

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp()
        {
            OnLook(this);
            return (long)(Seconds * TimestampFrequency);
        }
    }
}

using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class TrainingLaboratoryTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Results_come_in_the_order_of_the_request()
    {
        var engine = new FakeEngine();
        using var laboratory = new TrainingLaboratory(engine, workers: 3);
        Experiment[] request = [.. Enumerable.Range(0, 20).Select(i => Seeded(i) with { Steps = 1 + (i * 7 % 5) })];

        IReadOnlyList<TrainedRun> runs = await laboratory.Train(request).WaitAsync(s_patience);

        Assert.Equal(request.Select(e => (double)e.Seed), runs.Select(run => run.Curve.Points[0].ValLoss));
    }

    [Fact]
    public async Task Equal_experiments_train_once_within_and_across_requests()
    {
        var engine = new FakeEngine();
        var events = new RecordedEvents();
        using var laboratory = new TrainingLaboratory(engine, workers: 2, events);

        IReadOnlyList<TrainedRun> runs = await laboratory.Train([Seeded(1), Seeded(1), Seeded(2)]).WaitAsync(s_patience);
        TrainedRun again = await laboratory.Train(Seeded(1)).WaitAsync(s_patience);

        Assert.Equal(2, engine.Trained.Count);
        Assert.Same(runs[0], runs[1]);
        Assert.Same(runs[0], again);
        Assert.Equal(2, events.StagesOf(Seeded(1)).Count(stage => stage == RunStage.Shared));
    }

    [Fact]
    public async Task A_request_made_during_the_training_joins_it()
    {
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                started.Set();
                go.Wait(s_patience, token);
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 2);

        Task<TrainedRun> first = laboratory.Train(Seeded(1));
        Assert.True(started.Wait(s_patience));
        Task<TrainedRun> second = laboratory.Train(Seeded(1));
        go.Set();

        Assert.Same(await first.WaitAsync(s_patience), await second.WaitAsync(s_patience));
        Assert.Single(engine.Trained);
    }

    [Fact]
    public async Task The_longest_waiting_run_is_next_and_equals_keep_their_order()
    {
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Experiment blocker = Seeded(99);
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment == blocker)
                {
                    started.Set();
                    go.Wait(s_patience, token);
                }
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 1);
        Task<TrainedRun> blocking = laboratory.Train(blocker);
        Assert.True(started.Wait(s_patience));

        Task<IReadOnlyList<TrainedRun>> one = laboratory.Train([Seeded(1), Seeded(2) with { Steps = 500 }, Seeded(3)]);
        Task<IReadOnlyList<TrainedRun>> other = laboratory.Train([Seeded(4), Seeded(5) with { Steps = 1000 }]);
        go.Set();
        await Task.WhenAll(blocking, one, other).WaitAsync(s_patience);

        Assert.Equal([99ul, 5, 2, 1, 3, 4], engine.Trained.Select(e => e.Seed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Runs_train_side_by_side_on_exactly_that_many_threads(int workers)
    {
        using var together = new Barrier(workers);
        var engine = new FakeEngine { During = (_, token) => together.SignalAndWait(s_patience, token) };
        using var laboratory = new TrainingLaboratory(engine, workers);

        await laboratory.Train(Enumerable.Range(0, 3 * workers).Select(Seeded)).WaitAsync(s_patience);

        Assert.Equal(workers, engine.ThreadsSeen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TrainingLaboratory.MaxWorkers + 1)]
    public void A_worker_count_outside_its_range_is_refused_by_name_and_range(int workers)
    {
        ArgumentOutOfRangeException thrown =
            Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingLaboratory(new FakeEngine(), workers));

        Assert.Contains($"workers is {workers}; allowed: 1 to 1024", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_invalid_experiment_stops_the_whole_request_before_any_training()
    {
        var engine = new FakeEngine();
        using var laboratory = new TrainingLaboratory(engine, workers: 1);
        Experiment bad = Seeded(2) with { Task = new FakeOperation { Elements = 0 } };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => laboratory.Train([Seeded(1), bad]));
        await laboratory.Train(Seeded(3)).WaitAsync(s_patience);

        Assert.Equal([Seeded(3)], engine.Trained);
    }

    [Fact]
    public async Task A_failure_reaches_every_waiter_of_the_run_and_nobody_else()
    {
        var failure = new InvalidOperationException("diverged in a new way");
        var engine = new FakeEngine
        {
            During = (experiment, _) =>
            {
                if (experiment.Seed == 2)
                {
                    throw failure;
                }
            },
        };
        var events = new RecordedEvents();
        using var laboratory = new TrainingLaboratory(engine, workers: 2, events);

        Task<IReadOnlyList<TrainedRun>> healthy = laboratory.Train([Seeded(1), Seeded(3)]);
        Task<IReadOnlyList<TrainedRun>> ill = laboratory.Train([Seeded(1), Seeded(2)]);
        Task<TrainedRun> illToo = laboratory.Train(Seeded(2));

        Assert.Equal(2, (await healthy.WaitAsync(s_patience)).Count);
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => ill.WaitAsync(s_patience)));
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => illToo.WaitAsync(s_patience)));
        Assert.Contains(RunStage.Failed, events.StagesOf(Seeded(2)));
    }

    [Fact]
    public async Task A_run_that_failed_is_trained_again_when_it_is_asked_for_again()
    {
        int tries = 0;
        var engine = new FakeEngine
        {
            During = (_, _) =>
            {
                if (Interlocked.Increment(ref tries) == 1)
                {
                    throw new IOException("no room on the disk");
                }
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 1);

        await Assert.ThrowsAsync<IOException>(() => laboratory.Train(Seeded(1)).WaitAsync(s_patience));
        await laboratory.Train(Seeded(1)).WaitAsync(s_patience);

        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_failure_ends_the_waiting_at_once_and_stops_what_nobody_else_waits_for()
    {
        using var started = new ManualResetEventSlim();
        using var stopped = new ManualResetEventSlim();
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment.Seed == 2)
                {
                    started.Wait(s_patience, token);
                    throw new InvalidOperationException("ill");
                }

                started.Set();
                token.WaitHandle.WaitOne(s_patience);
                stopped.Set();
                token.ThrowIfCancellationRequested();
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => laboratory.Train([Seeded(1), Seeded(2)]).WaitAsync(s_patience));

        Assert.True(stopped.Wait(s_patience));
    }

    [Fact]
    public async Task Events_tell_a_run_in_order_with_its_newest_point()
    {
        var events = new RecordedEvents();
        using var laboratory = new TrainingLaboratory(new FakeEngine(), workers: 2, events);

        await laboratory.Train([Seeded(1), Seeded(2)]).WaitAsync(s_patience);

        foreach (Experiment experiment in new[] { Seeded(1), Seeded(2) })
        {
            Assert.Equal(
                [RunStage.Queued, RunStage.Started, RunStage.Evaluated, RunStage.Evaluated, RunStage.Finished],
                events.StagesOf(experiment));
            Assert.Equal(
                [null, null, 0, 100, 100],
                events.All.Where(e => e.Experiment == experiment).Select(e => e.Latest?.Step));
        }
    }

    [Fact]
    public async Task Durations_come_from_the_given_clock_alone()
    {
        var clock = new SteppingClock();
        var events = new RecordedEvents();
        using var laboratory = new TrainingLaboratory(new FakeEngine(), workers: 1, events, clock);

        await laboratory.Train(Seeded(1)).WaitAsync(s_patience);

        Assert.Equal([0, 1, 2, 3, 4], events.All.Select(e => e.Elapsed.TotalSeconds));
    }

    [Theory]
    [InlineData(RunStage.Queued)]
    [InlineData(RunStage.Started)]
    [InlineData(RunStage.Evaluated)]
    [InlineData(RunStage.Finished)]
    public async Task What_a_listener_throws_ends_that_run_only(RunStage stage)
    {
        var events = new RecordedEvents
        {
            OnEvent = e =>
            {
                if (e.Experiment.Seed == 1 && (e.Stage == stage || e.Stage == RunStage.Failed))
                {
                    throw new FormatException("no console");
                }
            },
        };
        using var laboratory = new TrainingLaboratory(new FakeEngine(), workers: 1, events);

        await Assert.ThrowsAsync<FormatException>(() => laboratory.Train(Seeded(1)).WaitAsync(s_patience));

        Assert.Equal(100, (await laboratory.Train(Seeded(2)).WaitAsync(s_patience)).Curve.LastStep);
    }

    [Fact]
    public async Task Cancelling_the_last_waiter_stops_the_training_and_frees_the_worker()
    {
        using var started = new ManualResetEventSlim();
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment.Seed == 1)
                {
                    started.Set();
                    token.WaitHandle.WaitOne(s_patience);
                    token.ThrowIfCancellationRequested();
                }
            },
        };
        var events = new RecordedEvents();
        using var laboratory = new TrainingLaboratory(engine, workers: 1, events);
        using var cancellation = new CancellationTokenSource();

        Task<IReadOnlyList<TrainedRun>> request = laboratory.Train([Seeded(1), Seeded(2) with { Steps = 1 }], cancellation.Token);
        Assert.True(started.Wait(s_patience));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(s_patience));
        await laboratory.Train(Seeded(3)).WaitAsync(s_patience);
        Assert.Equal([1ul, 3], engine.Trained.Select(e => e.Seed));
        Assert.Equal(RunStage.Cancelled, events.StagesOf(Seeded(1))[^1]);
        Assert.Equal([RunStage.Queued, RunStage.Cancelled], events.StagesOf(Seeded(2) with { Steps = 1 }));
    }

    [Fact]
    public async Task Cancelling_one_of_two_waiters_leaves_the_training_to_the_other()
    {
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                started.Set();
                go.Wait(s_patience, token);
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 1);
        using var cancellation = new CancellationTokenSource();

        Task<TrainedRun> leaves = laboratory.Train(Seeded(1), cancellation.Token);
        Task<TrainedRun> stays = laboratory.Train(Seeded(1));
        Assert.True(started.Wait(s_patience));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves.WaitAsync(s_patience));
        go.Set();

        Assert.Equal(100, (await stays.WaitAsync(s_patience)).Curve.LastStep);
    }

    [Fact]
    public async Task A_cancelled_run_can_be_asked_for_again()
    {
        int times = 0;
        using var started = new ManualResetEventSlim();
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                if (Interlocked.Increment(ref times) == 1)
                {
                    started.Set();
                    token.WaitHandle.WaitOne(s_patience);
                    token.ThrowIfCancellationRequested();
                }
            },
        };
        using var laboratory = new TrainingLaboratory(engine, workers: 1);
        using var cancellation = new CancellationTokenSource();

        Task<TrainedRun> cancelled = laboratory.Train(Seeded(1), cancellation.Token);
        Assert.True(started.Wait(s_patience));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(s_patience));

        Assert.Equal(100, (await laboratory.Train(Seeded(1)).WaitAsync(s_patience)).Curve.LastStep);
    }

    [Fact]
    public async Task Disposing_cancels_every_waiter_and_returns_when_no_run_trains_any_more()
    {
        int training = 0;
        using var started = new CountdownEvent(2);
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                Interlocked.Increment(ref training);
                started.Signal();
                token.WaitHandle.WaitOne(s_patience);
                Interlocked.Decrement(ref training);
                token.ThrowIfCancellationRequested();
            },
        };
        var laboratory = new TrainingLaboratory(engine, workers: 2);
        Task<IReadOnlyList<TrainedRun>> request = laboratory.Train(Enumerable.Range(0, 5).Select(Seeded));
        Assert.True(started.Wait(s_patience));

        laboratory.Dispose();
        laboratory.Dispose();

        Assert.Equal(0, training);
        Assert.Equal(2, engine.Trained.Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(s_patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => laboratory.Train(Seeded(9)));
    }

    [Fact]
    public async Task Cancelling_after_the_last_run_has_ended_takes_no_result_away()
    {
        using var cancellation = new CancellationTokenSource();
        var events = new RecordedEvents
        {
            OnEvent = e =>
            {
                // Told before the request looks at its results.
                if (e.Stage == RunStage.Shared)
                {
                    cancellation.Cancel();
                }
            },
        };
        using var laboratory = new TrainingLaboratory(new FakeEngine(), workers: 1, events);
        TrainedRun run = await laboratory.Train(Seeded(1)).WaitAsync(s_patience);

        Assert.Same(run, await laboratory.Train(Seeded(1), cancellation.Token).WaitAsync(s_patience));
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Theory]
    [InlineData(RunStage.Started)]
    [InlineData(RunStage.Evaluated)]
    [InlineData(RunStage.Finished)]
    public async Task A_listener_on_a_worker_may_dispose_the_laboratory(RunStage stage)
    {
        using var started = new ManualResetEventSlim();
        using var disposed = new ManualResetEventSlim();
        int training = 0;
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment.Seed == 2)
                {
                    Interlocked.Increment(ref training);
                    started.Set();
                    token.WaitHandle.WaitOne(s_patience);
                    Interlocked.Decrement(ref training);
                    token.ThrowIfCancellationRequested();
                }
            },
        };
        TrainingLaboratory? laboratory = null;
        int trainingAfter = -1;
        var events = new RecordedEvents
        {
            OnEvent = e =>
            {
                if (e.Experiment.Seed == 1 && e.Stage == stage && !disposed.IsSet)
                {
                    laboratory!.Dispose();
                    trainingAfter = training;
                    disposed.Set();
                }
            },
        };
        laboratory = new TrainingLaboratory(engine, workers: 2, events);
        Task<TrainedRun> other = laboratory.Train(Seeded(2));
        Assert.True(started.Wait(s_patience));

        Task<TrainedRun> own = laboratory.Train(Seeded(1));

        Assert.True(disposed.Wait(s_patience));
        Assert.Equal(0, trainingAfter);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => own.WaitAsync(s_patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.WaitAsync(s_patience));
    }

    [Fact]
    public async Task An_empty_request_gives_an_empty_result()
    {
        using var laboratory = new TrainingLaboratory(new FakeEngine(), workers: 1);

        Assert.Empty(await laboratory.Train([]).WaitAsync(s_patience));
    }

    private static Experiment Seeded(int seed) => new() { Task = new FakeOperation(), Steps = 100, Seed = (ulong)seed };

    // A second later at every look.
    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);
    }
}

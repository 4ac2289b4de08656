using System.Globalization;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>
/// Trains many experiments at once on one engine. Each distinct experiment trains once, whoever asks for it and however often; a fixed
/// number of threads takes the longest waiting run first. Safe to call from any thread.
/// </summary>
/// <remarks>
/// A run is one thread's work from its first step to its last and runs share nothing, so neither the number of workers nor the order of
/// the queue can reach a result's bits.
/// </remarks>
public sealed class TrainingLaboratory : IDisposable
{
    /// <summary>The most worker threads a laboratory can have.</summary>
    public const int MaxWorkers = 1024;

    private readonly ITrainingEngine _engine;
    private readonly IProgress<RunEvent>? _progress;
    private readonly TimeProvider _clock;
    private readonly Thread[] _workers;

    // Guards everything below and every Run's fields; pulsed when there is work or an end to it. No foreign code runs inside it.
    private readonly object _gate = new();
    private readonly Dictionary<Experiment, Run> _runs = [];
    private readonly PriorityQueue<Run, (double NegatedCost, long Arrival)> _queue = new();
    private long _arrivals;
    private bool _disposed;

    /// <summary>Starts the worker threads; they sleep until there is work and end with <see cref="Dispose"/>.</summary>
    /// <param name="engine">Trains one experiment at a time on each worker.</param>
    /// <param name="workers">Number of worker threads, 1 to <see cref="MaxWorkers"/>; null for one per processor.</param>
    /// <param name="progress">
    /// Told of all that happens, from several threads at once, the events of one run in order; only after a run's cancellation may still come what its worker
    /// was just then telling. What it throws ends the run it was told of.
    /// </param>
    /// <param name="clock">Measures the durations in the events, nothing else; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is out of range.</exception>
    public TrainingLaboratory(ITrainingEngine engine, int? workers = null, IProgress<RunEvent>? progress = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        int count = workers ?? Math.Min(Environment.ProcessorCount, MaxWorkers);
        if (count is < 1 or > MaxWorkers)
        {
            throw new ArgumentOutOfRangeException(nameof(workers), count, $"workers is {count}; allowed: 1 to {MaxWorkers}.");
        }

        _engine = engine;
        _progress = progress;
        _clock = clock ?? TimeProvider.System;
        _workers = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = "laboratory worker " + i.ToString(CultureInfo.InvariantCulture) };
            _workers[i].Start();
        }
    }

    /// <summary>The engine's id, to be kept with every result.</summary>
    public string EngineId => _engine.Id;

    /// <summary>Trains one experiment, or joins its training, or hands out its result.</summary>
    /// <inheritdoc cref="Train(IEnumerable{Experiment}, CancellationToken)"/>
    public async Task<TrainedRun> Train(Experiment experiment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        IReadOnlyList<TrainedRun> runs = await Train([experiment], cancellationToken).ConfigureAwait(false);
        return runs[0];
    }

    /// <summary>Trains several experiments side by side. Nothing trains unless all of them are valid.</summary>
    /// <param name="experiments">Equal ones train once.</param>
    /// <param name="cancellationToken">Ends the waiting, and the training of every run that nobody else waits for.</param>
    /// <returns>The runs in the order of <paramref name="experiments"/>.</returns>
    /// <exception cref="ArgumentException">A field of an experiment is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled or the laboratory was disposed.</exception>
    /// <exception cref="ObjectDisposedException">The laboratory was disposed before the call.</exception>
    public Task<IReadOnlyList<TrainedRun>> Train(IEnumerable<Experiment> experiments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        Experiment[] request = [.. experiments];
        foreach (Experiment experiment in request)
        {
            experiment.Validate();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Serve(Join(request), cancellationToken);
    }

    /// <summary>
    /// Cancels what is queued or training and returns when every worker thread has ended; on one of them, when all others have or are
    /// being waited for.
    /// </summary>
    public void Dispose()
    {
        Run[] unfinished;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            unfinished = [.. _runs.Values];
            Monitor.PulseAll(_gate);
        }

        Cancel(unfinished);
        foreach (Thread worker in _workers.Where(worker => worker != Thread.CurrentThread))
        {
            worker.Join();
        }
    }

    // One run for each experiment of the request, each with one waiter more than before.
    private Request Join(Experiment[] experiments)
    {
        var runs = new Run[experiments.Length];
        List<Run> added = [];
        List<Run> shared = [];
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            for (int i = 0; i < experiments.Length; i++)
            {
                if (_runs.TryGetValue(experiments[i], out Run? run))
                {
                    shared.Add(run);
                }
                else
                {
                    run = new Run(experiments[i]);
                    _runs.Add(experiments[i], run);
                    added.Add(run);
                }

                run.Waiters++;
                runs[i] = run;
            }
        }

        return new Request(runs, added, shared);
    }

    private async Task<IReadOnlyList<TrainedRun>> Serve(Request request, CancellationToken cancellationToken)
    {
        try
        {
            Enqueue(request.Added);
            foreach (Run run in request.Shared)
            {
                Tell(run, RunStage.Shared);
            }

            // The first failure ends the waiting: the rest of the request is of no use any more.
            IEnumerable<Task<TrainedRun>> results = request.Runs.Select(run => run.Result.Task).Distinct();
            await foreach (Task<TrainedRun> result in Task.WhenEach(results).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await result.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (request.Runs.All(run => run.Result.Task.IsCompletedSuccessfully))
        {
            // Cancelled between the end of the last run and this thread's turn: what has ended is handed out.
        }
        finally
        {
            Leave(request.Runs);
        }

        return await Task.WhenAll(request.Runs.Select(run => run.Result.Task)).ConfigureAwait(false);
    }

    private void Enqueue(IReadOnlyList<Run> runs)
    {
        // "Queued" is told before a worker can see the run, so that it comes before "Started".
        foreach (Run run in runs)
        {
            Attempt(run, () => Tell(run, RunStage.Queued));
        }

        // All at once: the first worker to wake finds the longest of them.
        lock (_gate)
        {
            foreach (Run run in runs)
            {
                _queue.Enqueue(run, (-ExperimentCost.Estimate(run.Experiment), _arrivals++));
            }

            Monitor.PulseAll(_gate);
        }
    }

    private void Leave(IReadOnlyList<Run> runs)
    {
        List<Run> unwanted = [];
        lock (_gate)
        {
            foreach (Run run in runs)
            {
                run.Waiters--;
                if (run.Waiters == 0 && !run.Result.Task.IsCompletedSuccessfully)
                {
                    // Forgotten at once, cancelled or failed: a later request trains it afresh, and a full disk may have room by then.
                    _runs.Remove(run.Experiment);
                    unwanted.Add(run);
                }
            }
        }

        Cancel(unwanted);
    }

    private void Cancel(IReadOnlyList<Run> runs)
    {
        // All are marked before the first is interrupted, so that the worker it frees takes none of the others.
        List<Run> ended = [.. runs.Where(run => run.Result.TrySetCanceled(run.Cancellation.Token))];
        foreach (Run run in ended)
        {
            run.Cancellation.Cancel();
            TellTheEnd(run, RunStage.Cancelled);
        }
    }

    private void Work()
    {
        while (Take() is Run run)
        {
            if (!run.Result.Task.IsCompleted)
            {
                Attempt(run, () => Train(run));
            }
        }
    }

    private Run? Take()
    {
        lock (_gate)
        {
            while (!_disposed && _queue.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            return _disposed ? null : _queue.Dequeue();
        }
    }

    private void Train(Run run)
    {
        lock (_gate)
        {
            run.StartedAt = _clock.GetTimestamp();
        }

        Tell(run, RunStage.Started);
        TrainedRun trained = _engine.Train(run.Experiment, new Relay(this, run), checkpointing: null, run.Cancellation.Token);
        lock (_gate)
        {
            // A cached run evaluates nothing on its way.
            run.Latest = trained.Curve.Final;
        }

        Tell(run, RunStage.Finished, trained.Origin);
        run.Result.TrySetResult(trained);
    }

    // An exception belongs to those who wait for the run, not to the thread it happens on.
    private void Attempt(Run run, Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested)
        {
            Cancel([run]);
        }
        catch (Exception exception)
        {
            if (run.Result.TrySetException(exception))
            {
                TellTheEnd(run, RunStage.Failed);
            }
        }
    }

    // The waiters already have what ended the run, so what a listener throws now has nowhere to go.
    private void TellTheEnd(Run run, RunStage stage)
    {
        try
        {
            Tell(run, stage);
        }
        catch (Exception)
        {
            return;
        }
    }

    private void Tell(Run run, RunStage stage, RunOrigin? origin = null)
    {
        CurvePoint? latest;
        TimeSpan elapsed;
        lock (_gate)
        {
            latest = run.Latest;
            elapsed = run.StartedAt is long start ? _clock.GetElapsedTime(start) : TimeSpan.Zero;
        }

        _progress?.Report(new RunEvent(run.Experiment, stage, latest, elapsed, origin));
    }

    private sealed record Request(IReadOnlyList<Run> Runs, IReadOnlyList<Run> Added, IReadOnlyList<Run> Shared);

    private sealed class Run(Experiment experiment)
    {
        public Experiment Experiment { get; } = experiment;

        // Continuations must not borrow a worker.
        public TaskCompletionSource<TrainedRun> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Cancellation { get; } = new();

        public int Waiters { get; set; }

        public CurvePoint? Latest { get; set; }

        public long? StartedAt { get; set; }
    }

    private sealed class Relay(TrainingLaboratory laboratory, Run run) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (laboratory._gate)
            {
                run.Latest = value.Latest;
            }

            laboratory.Tell(run, RunStage.Evaluated);
        }
    }
}

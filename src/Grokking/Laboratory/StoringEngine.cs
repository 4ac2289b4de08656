using Grokking.Store;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>
/// An engine that keeps what it trains: a run that is in the store is read from there, one that was interrupted goes on where it was, and every
/// other is trained, kept now and then, and stored. Its curves and weights are those of the engine inside, bit for bit.
/// </summary>
public sealed class StoringEngine : ITrainingEngine
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(50);

    private readonly ITrainingEngine _engine;
    private readonly RunStore _store;
    private readonly bool _anew;
    private readonly CheckpointPace _pace;
    private readonly TimeProvider _clock;

    /// <summary>Puts a store before an engine; touches no file.</summary>
    /// <param name="engine">Trains.</param>
    /// <param name="store">Keeps.</param>
    /// <param name="anew">
    /// Train every run from step 0, whatever the store has. What it has stays, and a difference is an error where the engine promises its bits.
    /// </param>
    /// <param name="pace">When runs are kept; null for <see cref="CheckpointPace.Default"/>.</param>
    /// <param name="clock">Decides when a run is kept, nothing else; null for the system's.</param>
    public StoringEngine(ITrainingEngine engine, RunStore store, bool anew = false, CheckpointPace? pace = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(store);
        _engine = engine;
        _store = store;
        _anew = anew;
        _pace = pace ?? CheckpointPace.Default;
        _clock = clock ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Id => _engine.Id;

    /// <inheritdoc/>
    /// <param name="experiment">Validated before any training.</param>
    /// <param name="progress">Told of every evaluation, and of the last one of a run that is read.</param>
    /// <param name="checkpointing">Null: the store keeps the run.</param>
    /// <param name="cancellationToken">Obeyed within a few steps; a run that has made any is kept first.</param>
    /// <exception cref="DifferentBitsException">The run did not repeat itself, on an engine that promises its bits.</exception>
    /// <exception cref="IdxException">The pictures of the task cannot be had; nothing of the run was begun.</exception>
    /// <exception cref="StoreException">The store cannot be read or written. What it has is whole, and the run goes on from there.</exception>
    public TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (checkpointing is not null)
        {
            throw new ArgumentException("The store keeps the run; there is no other place to keep it.", nameof(checkpointing));
        }

        experiment.Validate();
        var key = RunKey.Of(experiment, Id);
        cancellationToken.ThrowIfCancellationRequested();
        if (Read(key, experiment, progress) is TrainedRun kept)
        {
            return kept;
        }

        // Before the run is begun: one that could not make a step would lie there unfinished.
        experiment.Task.CheckSources(experiment.Seed);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using RunWriter? writer = _store.TryBegin(key, experiment, Id, repeatsBits: _engine is not IEnsembleEngine);
            if (writer is null)
            {
                // Somebody else trains it; his result will do.
                cancellationToken.WaitHandle.WaitOne(s_betweenTries);
                if (Read(key, experiment, progress) is TrainedRun stored)
                {
                    return stored;
                }

                continue;
            }

            // He may have finished between the look and the lock.
            return Read(key, experiment, progress) ?? Train(writer, experiment, progress, cancellationToken);
        }
    }

    private TrainedRun? Read(RunKey key, Experiment experiment, IProgress<TrainingProgress>? progress)
    {
        if (_anew || _store.Find(key) is not StoredRun run)
        {
            return null;
        }

        TrainedRun trained = run.Read();
        progress?.Report(new TrainingProgress(experiment, trained.Curve.LastStep, trained.Curve.Final));
        return trained;
    }

    private TrainedRun Train(RunWriter writer, Experiment experiment, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var keeper = new Keeper(writer, _pace, _clock, _anew);
            try
            {
                TrainedRun trained = _engine.Train(experiment, new Log(writer, progress), keeper, cancellationToken);
                writer.Complete(trained.Curve, WeightsOf(trained));
                return trained;
            }
            catch (CheckpointMismatchException exception) when (keeper.Start is int step)
            {
                // Whole in itself and yet not this run's: an engine changed its state without changing its id.
                writer.PutAside(step, exception.Message);
            }
        }
    }

    private static IReadOnlyList<NamedTensor> WeightsOf(TrainedRun run) =>
    [
        .. run.Layout.Tensors.Select(tensor => new NamedTensor(
            tensor.Name,
            tensor.Columns == 1 ? [tensor.Rows] : [tensor.Rows, tensor.Columns],
            run.Parameters.Slice(tensor.Offset, tensor.Count))),
    ];

    private sealed class Log(RunWriter writer, IProgress<TrainingProgress>? progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            writer.Report(value.Latest);
            progress?.Report(value);
        }
    }

    private sealed class Keeper(RunWriter writer, CheckpointPace pace, TimeProvider clock, bool anew) : ICheckpointing
    {
        private long _since = clock.GetTimestamp();
        private TimeSpan _pause = pace.Shortest;

        /// <summary>Where the run went on; null at step 0.</summary>
        public int? Start { get; private set; }

        public Checkpoint? Latest()
        {
            Checkpoint? latest = anew ? null : writer.Latest();
            Start = latest?.Step;
            return latest;
        }

        public bool IsDue(int step) => clock.GetElapsedTime(_since) >= _pause;

        public void Save(Checkpoint checkpoint)
        {
            long start = clock.GetTimestamp();
            writer.Save(checkpoint);
            _since = clock.GetTimestamp();
            _pause = pace.After(clock.GetElapsedTime(start, _since));
        }
    }
}

/// <summary>How often a run is kept while it trains.</summary>
/// <param name="Shortest">The time between two checkpoints, &gt; 0; on a slow disk it is longer.</param>
/// <param name="Share">The most of a run's time that checkpoints may take, in (0, 1].</param>
public sealed record CheckpointPace(TimeSpan Shortest, double Share)
{
    /// <summary>Every 15 seconds, and no more than one hundredth of the time.</summary>
    public static CheckpointPace Default { get; } = new(TimeSpan.FromSeconds(15), 0.01);

    /// <summary>The pause after a checkpoint that took a while.</summary>
    internal TimeSpan After(TimeSpan taken)
    {
        double seconds = Math.Max(Shortest.TotalSeconds, taken.TotalSeconds / Share);
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
    }
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.TorchSharp;

/// <summary>A run between the thread that asked for it and the thread that trains it: wishes go one way, news the other.</summary>
internal sealed class EnsembleMember
{
    private const int MillisecondsBetweenQuestions = 250;

    // Never disposed: the device's thread may still have news for a caller who has left. It holds no more than a wait handle that the collector frees.
    private readonly BlockingCollection<RunNews> _news = [];
    private readonly CancellationToken _cancellation;
    private readonly RunOrigin _origin;
    private (EnsembleRun Run, RunBuffers Buffers, float[] Initial)? _start;
    private volatile int _keptStep;
    private volatile bool _wantsToBeKept;
    private volatile bool _abandoned;

    /// <summary>A run that is ready to join.</summary>
    /// <param name="run">At the step it starts from.</param>
    /// <param name="buffers">Its numbers there.</param>
    /// <param name="initial">(P) its parameters before the first update.</param>
    /// <param name="origin">Where its result will come from.</param>
    /// <param name="cancellation">Ends it.</param>
    public EnsembleMember(EnsembleRun run, RunBuffers buffers, float[] initial, RunOrigin origin, CancellationToken cancellation)
    {
        Run = run;
        _start = (run, buffers, initial);
        _keptStep = run.Step;
        _origin = origin;
        _cancellation = cancellation;
    }

    /// <summary>The run.</summary>
    public EnsembleRun Run { get; }

    /// <summary>Whether nobody waits for the run any more.</summary>
    public bool IsToLeave => _abandoned || _cancellation.IsCancellationRequested;

    /// <summary>Whether the run is to be kept as it is now: when its keeper wishes it, and before it is cancelled.</summary>
    public bool IsToKeep => !_abandoned && Run.Step > _keptStep && (_wantsToBeKept || _cancellation.IsCancellationRequested);

    /// <summary>What the run joins with; given up here, so that the host keeps no copy.</summary>
    public (EnsembleRun Run, RunBuffers Buffers, float[] Initial) TakeStart()
    {
        (EnsembleRun Run, RunBuffers Buffers, float[] Initial) start = _start!.Value;
        _start = null;
        return start;
    }

    /// <summary>On the caller's thread: hears the news until the run has ended.</summary>
    /// <param name="progress">Told of every evaluation; null for nobody.</param>
    /// <param name="checkpointing">Keeps the run; null keeps nothing.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; it has been kept.</exception>
    public TrainedRun Follow(IProgress<TrainingProgress>? progress, ICheckpointing? checkpointing)
    {
        try
        {
            while (true)
            {
                if (checkpointing is not null && Run.Step > _keptStep && checkpointing.IsDue(Run.Step))
                {
                    _wantsToBeKept = true;
                }

                if (!_news.TryTake(out RunNews? news, MillisecondsBetweenQuestions))
                {
                    continue;
                }

                switch (news)
                {
                    case RunNews.Evaluated evaluated:
                        progress?.Report(evaluated.Progress);
                        break;
                    case RunNews.Kept kept:
                        checkpointing?.Save(kept.Checkpoint);
                        break;
                    case RunNews.Ended ended:
                        return ended.Result;
                    case RunNews.Failed failed:
                        failed.Cause.Throw();
                        break;
                    default:
                        throw new OperationCanceledException(_cancellation);
                }
            }
        }
        finally
        {
            _abandoned = true;
        }
    }

    /// <summary>On the device's thread: hands over what the run needs to go on.</summary>
    public void Keep(RunBuffers buffers)
    {
        _wantsToBeKept = false;
        _keptStep = Run.Step;
        _news.Add(new RunNews.Kept(Run.Keep(buffers)));
    }

    /// <summary>On the device's thread: takes an evaluation into the curve.</summary>
    /// <param name="point">At the run's step.</param>
    /// <param name="isAlive">Whether every loss and gradient so far was finite.</param>
    /// <param name="parameters">Gives (P) the weights, if the run has ended.</param>
    /// <returns>Whether it has.</returns>
    public bool Tell(CurvePoint point, bool isAlive, Func<float[]> parameters)
    {
        int before = Run.Points.Count;
        RunOutcome? outcome = Run.Record(point, isAlive);
        if (Run.Points.Count > before)
        {
            _news.Add(new RunNews.Evaluated(new TrainingProgress(Run.Experiment, Run.Step, point)));
        }

        if (outcome is { } end)
        {
            _news.Add(new RunNews.Ended(Run.End(end, parameters(), _origin)));
        }

        return outcome is not null;
    }

    /// <summary>On the device's thread: the run has left because of its token.</summary>
    public void Cancel() => _news.Add(new RunNews.Cancelled());

    /// <summary>On the device's thread: the run has ended by an exception.</summary>
    public void Fail(Exception exception) => _news.Add(new RunNews.Failed(ExceptionDispatchInfo.Capture(exception)));

    private abstract record RunNews
    {
        public sealed record Evaluated(TrainingProgress Progress) : RunNews;

        public sealed record Kept(Checkpoint Checkpoint) : RunNews;

        public sealed record Ended(TrainedRun Result) : RunNews;

        public sealed record Failed(ExceptionDispatchInfo Cause) : RunNews;

        public sealed record Cancelled : RunNews;
    }
}

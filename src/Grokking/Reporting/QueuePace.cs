using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Reporting;

/// <summary>
/// How long many runs will still take: the work that is left, by <see cref="ExperimentCost"/>, at the pace of the work that was seen done, on as many
/// workers as train now. A run that ends before its budget makes it less. Not for several threads at once.
/// </summary>
public sealed class QueuePace
{
    private readonly Dictionary<Experiment, Run> _runs = [];

    /// <summary>Runs that are to be trained; one that is known already counts once.</summary>
    public void Follow(IEnumerable<Experiment> experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        foreach (Experiment experiment in experiments)
        {
            _runs.TryAdd(experiment, new Run(experiment));
        }
    }

    /// <summary>Takes in a run's news; of a run that is not followed, none.</summary>
    public void Observe(RunEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        if (_runs.TryGetValue(news.Experiment, out Run? run))
        {
            run.Observe(news);
        }
    }

    /// <summary>Until all of them have spent their budgets; null where the pace is not known, or nothing trains.</summary>
    public TimeSpan? Left
    {
        get
        {
            double done = _runs.Values.Sum(run => run.Done);
            double seconds = _runs.Values.Sum(run => run.Time.TotalSeconds);
            int training = _runs.Values.Count(run => run.IsTraining);
            return done > 0 && seconds > 0 && training > 0
                ? TimeSpan.FromSeconds(Math.Min(_runs.Values.Sum(run => run.Left) / (done / seconds) / training, TimeSpan.FromDays(9999).TotalSeconds))
                : null;
        }
    }

    private sealed class Run(Experiment experiment)
    {
        private readonly double _costPerStep = ExperimentCost.Estimate(experiment) / experiment.Steps;
        private (int Step, TimeSpan Elapsed)? _first;
        private int _step;
        private bool _hasEnded;

        /// <summary>Whether a worker has it.</summary>
        public bool IsTraining { get; private set; }

        /// <summary>The work that was seen done: a resumed run begins where it goes on.</summary>
        public double Done => _first is { } first ? _costPerStep * (_step - first.Step) : 0;

        /// <summary>The time that took.</summary>
        public TimeSpan Time { get; private set; }

        /// <summary>The work up to its budget.</summary>
        public double Left => _hasEnded ? 0 : _costPerStep * (experiment.Steps - _step);

        public void Observe(RunEvent news)
        {
            _hasEnded |= news.Stage is RunStage.Finished or RunStage.Failed or RunStage.Cancelled;
            IsTraining = !_hasEnded && (IsTraining || news.Stage is RunStage.Started or RunStage.Evaluated);
            if (news.Stage == RunStage.Evaluated && news.Latest is CurvePoint point)
            {
                _first ??= (point.Step, news.Elapsed);
                _step = point.Step;
                Time = news.Elapsed - _first.Value.Elapsed;
            }
        }
    }
}

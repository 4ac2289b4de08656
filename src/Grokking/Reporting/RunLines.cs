using System.Globalization;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Reporting;

/// <summary>
/// Tells line by line how runs get on: a few lines for each while it trains, one when it ends. The laboratory reports from its worker threads;
/// each line is written whole.
/// </summary>
/// <param name="write">Told each line, without its end, one at a time.</param>
public sealed class RunLines(Action<string> write) : IProgress<RunEvent>
{
    // Whichever comes later: so a run of seconds has one line and a run of hours has 25.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private const double ShareOfBudget = 0.04;

    private readonly Lock _gate = new();
    private readonly Dictionary<Experiment, Shown> _runs = [];

    /// <summary>Names the runs of a claim or a sweep; a run that two of them share keeps the name it got first.</summary>
    /// <param name="name">Of the claim or the sweep.</param>
    /// <param name="experiments">At least one; the label of each says what sets it apart from the first.</param>
    public void Follow(string name, IReadOnlyList<Experiment> experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        lock (_gate)
        {
            foreach (Experiment experiment in experiments)
            {
                _runs.TryAdd(experiment, new Shown(RunLabel.Of(name, experiments[0], experiment)));
            }

            write(string.Create(CultureInfo.InvariantCulture, $"{Printable.Line(name)}: {experiments.Count} runs"));
        }
    }

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_gate)
        {
            if (_runs.TryGetValue(value.Experiment, out Shown? run) && LineFor(run, value) is string line)
            {
                write($"[{run.Label}] {line}");
            }
        }
    }

    private static string? LineFor(Shown run, RunEvent news)
    {
        run.Pace.Observe(news);
        run.HasStarted |= news.Stage == RunStage.Started;
        return news.Stage switch
        {
            RunStage.Evaluated when news.Latest is CurvePoint point && run.IsDue(news.Elapsed, point.Step, news.Experiment.Steps) =>
                ProgressOf(point, news.Experiment.Steps, run.Pace),
            RunStage.Finished when news.Latest is CurvePoint point =>
                string.Create(CultureInfo.InvariantCulture, $"done at step {point.Step:N0}, {Accuracies(point)}, {DurationText.Of(news.Elapsed)}{RunLabel.OfOrigin(news.Origin)}"),
            RunStage.Shared => "shared",
            RunStage.Failed => "FAILED",
            RunStage.Cancelled when run.HasStarted => "stopped",
            _ => null,
        };
    }

    private static string ProgressOf(CurvePoint point, int budget, RunPace pace)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"step {point.Step:N0}/{budget:N0}, {Accuracies(point)}");
        return pace is { StepsPerSecond: { } speed, Left: { } left }
            ? string.Create(CultureInfo.InvariantCulture, $"{line}, {speed:N0} steps/s, {DurationText.Of(left)} left")
            : line;
    }

    private static string Accuracies(CurvePoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"train {100 * point.TrainAccuracy:F1} %, val {100 * point.ValAccuracy:F1} %");

    private sealed class Shown(string label)
    {
        private TimeSpan _lastTime;
        private double _lastShare;

        public string Label { get; } = label;

        public RunPace Pace { get; } = new();

        public bool HasStarted { get; set; }

        public bool IsDue(TimeSpan time, int step, int budget)
        {
            double share = (double)step / budget;
            if (time - _lastTime < s_pause || share - _lastShare < ShareOfBudget || step == budget)
            {
                return false;
            }

            _lastTime = time;
            _lastShare = share;
            return true;
        }
    }
}

using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Claims.Live;

/// <summary>
/// Tells on a console how the runs get on: a few lines for each while it trains, one when it ends. The laboratory reports from its worker
/// threads; each line is written whole.
/// </summary>
/// <param name="console">The test host's standard output: the one stream that <c>dotnet test</c> shows at once both in a terminal and in a pipe.</param>
internal sealed class LiveView(TextWriter console) : IProgress<RunEvent>
{
    // Whichever comes later: so a run of seconds has one line and a run of hours has 25.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private const double ShareOfBudget = 0.04;

    private readonly Lock _gate = new();
    private readonly Dictionary<Experiment, Shown> _runs = [];

    /// <summary>Names the claim's runs; a run that two claims share keeps the name it got first.</summary>
    public void Follow(string claim, IReadOnlyList<Experiment> experiments)
    {
        lock (_gate)
        {
            foreach (Experiment experiment in experiments)
            {
                _runs.TryAdd(experiment, new Shown(RunLabel.Of(claim, experiments[0], experiment)));
            }

            console.WriteLine($"{Printable.Line(claim)}: {experiments.Count} runs");
        }
    }

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(value.Experiment, out Shown? run) && LineFor(run, value) is string line)
            {
                console.WriteLine($"[{run.Label}] {line}");
            }
        }
    }

    private static string? LineFor(Shown run, RunEvent news) => news.Stage switch
    {
        RunStage.Evaluated when news.Latest is CurvePoint point && run.IsDue(news.Elapsed, point.Step, news.Experiment.Steps) =>
            ProgressOf(point, news.Experiment.Steps, news.Elapsed),
        RunStage.Finished when news.Latest is CurvePoint point =>
            $"done at step {point.Step:N0}, {Accuracies(point)}, {Printable.Duration(news.Elapsed)}",
        RunStage.Shared => "shared",
        RunStage.Failed => "FAILED",
        RunStage.Cancelled => "cancelled",
        _ => null,
    };

    private static string ProgressOf(CurvePoint point, int budget, TimeSpan elapsed)
    {
        double stepsPerSecond = point.Step / elapsed.TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds((budget - point.Step) / Math.Max(stepsPerSecond, 1e-6));
        return $"step {point.Step:N0}/{budget:N0}, {Accuracies(point)}, {stepsPerSecond:N0} steps/s, {Printable.Duration(left)} left";
    }

    private static string Accuracies(CurvePoint point) => $"train {100 * point.TrainAccuracy:F1} %, val {100 * point.ValAccuracy:F1} %";

    private sealed class Shown(string label)
    {
        private TimeSpan _lastTime;
        private double _lastShare;

        public string Label { get; } = label;

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

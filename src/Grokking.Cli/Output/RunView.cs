using System.Globalization;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Training;
using Spectre.Console;

namespace Grokking.Cli.Output;

/// <summary>
/// Shows runs while they train: on a terminal a table that is drawn again a few times a second, one row a run; in a pipe a few lines for each.
/// The laboratory reports from its worker threads.
/// </summary>
internal sealed class RunView : IProgress<RunEvent>
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(250);

    private readonly CliConsole _console;
    private readonly RunLines? _lines;
    private readonly Lock _gate = new();
    private readonly Dictionary<Experiment, Row> _rows = [];
    private readonly QueuePace _pace = new();
    private int _ended;

    private RunView(CliConsole console)
    {
        _console = console;
        _lines = console.Live is null ? new RunLines(line => console.Line(line)) : null;
    }

    /// <summary>Shows runs as long as the work takes.</summary>
    /// <param name="console">Where.</param>
    /// <param name="work">Gets the view, to follow runs with and to hand to a laboratory.</param>
    /// <returns>What the work returns.</returns>
    public static async Task<T> During<T>(CliConsole console, Func<RunView, Task<T>> work)
    {
        var view = new RunView(console);
        if (console.Live is not { } terminal)
        {
            return await work(view).ConfigureAwait(false);
        }

        return await terminal.Live(new Text("")).AutoClear(enabled: true).StartAsync(async context =>
        {
            Task<T> working = work(view);
            while (!working.IsCompleted)
            {
                context.UpdateTarget(view.Draw(terminal));
                await Task.WhenAny(working, Task.Delay(s_refresh)).ConfigureAwait(false);
            }

            return await working.ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Names the runs of a claim or a sweep; a run that two of them share keeps the name it got first.</summary>
    /// <param name="name">Of the claim or the sweep.</param>
    /// <param name="experiments">At least one; the label of each says what sets it apart from the first.</param>
    public void Follow(string name, IReadOnlyList<Experiment> experiments)
    {
        _lines?.Follow(name, experiments);
        lock (_gate)
        {
            _pace.Follow(experiments);
            foreach (Experiment experiment in experiments)
            {
                _rows.TryAdd(experiment, new Row(RunLabel.Of(name, experiments[0], experiment), experiment.Steps));
            }
        }
    }

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        _lines?.Report(value);
        lock (_gate)
        {
            _pace.Observe(value);
            if (_rows.TryGetValue(value.Experiment, out Row? row))
            {
                _ended += row.Take(value, _ended) ? 1 : 0;
            }
        }
    }

    /// <summary>A line above the table, or after the other lines.</summary>
    public void Line(string text, Tone tone = Tone.Plain)
    {
        if (_console.Live is { } terminal)
        {
            terminal.WriteLine(Printable.Line(text), _console.HasStyles ? CliConsole.StyleOf(tone) : Style.Plain);
        }
        else
        {
            _console.Line(text, tone);
        }
    }

    // Those that train, then those that wait, then those that ended, the newest first: whatever the terminal has room for.
    internal Text Draw(IAnsiConsole terminal)
    {
        var rows = new Reporting.Table("Run", "Step", "Train", "Val", "Steps/s", "Left");
        lock (_gate)
        {
            foreach (Row row in _rows.Values.OrderBy(row => row.Rank).ThenByDescending(row => row.EndedAfter).Take(TerminalTable.RoomOn(terminal)))
            {
                rows.Add(row.Cells);
            }

            int training = _rows.Values.Count(row => row.Rank == 0);
            string caption = string.Create(CultureInfo.InvariantCulture, $"{_ended} of {_rows.Count} runs ended, {training} training");
            string left = _pace.Left is { } time ? $", {DurationText.Of(time)} left" : "";
            return TerminalTable.Of(rows, caption + left, terminal);
        }
    }

    private sealed class Row(string label, int budget)
    {
        private readonly RunPace _pace = new();
        private CurvePoint? _latest;
        private bool _started;

        /// <summary>0 for one that trains, 1 for one that waits, 2 for one that ended.</summary>
        public int Rank => EndedAs is not null ? 2 : _started ? 0 : 1;

        public string? EndedAs { get; private set; }

        /// <summary>How many runs ended before this one did.</summary>
        public int EndedAfter { get; private set; }

        public IReadOnlyList<Cell> Cells =>
        [
            label,
            _latest is { } at ? FormattableString.Invariant($"{at.Step:N0}/{budget:N0}") : "",
            _latest is { } train ? FormattableString.Invariant($"{100 * train.TrainAccuracy:F1} %") : "",
            _latest is { } val ? FormattableString.Invariant($"{100 * val.ValAccuracy:F1} %") : "",
            _pace.StepsPerSecond is { } speed ? FormattableString.Invariant($"{speed:N0}") : "",
            EndedAs ?? (_pace.Left is { } left ? DurationText.Of(left) : _started ? "" : "waits"),
        ];

        /// <summary>Takes in the run's news; whether it ended by them.</summary>
        public bool Take(RunEvent news, int endedBefore)
        {
            _pace.Observe(news);
            _latest = news.Latest ?? _latest;
            _started |= news.Stage is RunStage.Started or RunStage.Evaluated;
            string? ended = news.Stage switch
            {
                RunStage.Finished => "done" + RunLabel.OfOrigin(news.Origin),
                RunStage.Failed => "FAILED",
                RunStage.Cancelled => "stopped",
                _ => null,
            };
            if (ended is null || EndedAs is not null)
            {
                return false;
            }

            (EndedAs, EndedAfter) = (ended, endedBefore);
            return true;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Output;
using Grokking.Curves;
using Grokking.Reporting;
using Grokking.Store;
using Spectre.Console;

namespace Grokking.Cli.Commands;

/// <summary><c>grok watch</c>: the runs that are not finished, whoever trains them. It reads what they tell of themselves and changes nothing.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(1);

    // The whole store is looked through this much less often than the runs that are known to be under way.
    private const int RefreshesPerListing = 10;

    /// <summary>On a terminal until Ctrl+C, in a pipe once.</summary>
    public static Command Create(CliConsole console) => Create(console, TimeProvider.System);

    /// <summary>With any clock, which only tells speeds.</summary>
    internal static Command Create(CliConsole console, TimeProvider clock)
    {
        Option<string?> store = RunOptions.Store();
        var command = new Command("watch", "Shows the runs that are under way, also those of other processes. In a pipe it prints them once.") { store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RunStore runs = RunOptions.OpenExisting(parsed.GetValue(store), console);
            var watched = new WatchedRuns(runs, clock);
            if (console.Live is not { } terminal)
            {
                watched.Look();
                console.Show(watched.Tabulate());
                console.Line(watched.Summary);
                return (int)ExitCode.Success;
            }

            await terminal.Live(new Text("")).StartAsync(context => Refresh(terminal, context, watched, cancellationToken)).ConfigureAwait(false);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static async Task Refresh(IAnsiConsole terminal, LiveDisplayContext context, WatchedRuns watched, CancellationToken cancellationToken)
    {
        int looks = 0;
        do
        {
            watched.Look(isListing: looks++ % RefreshesPerListing == 0);
            context.UpdateTarget(TerminalTable.Of(watched.Tabulate(), watched.Summary, terminal));
            await Task.Delay(s_refresh, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!cancellationToken.IsCancellationRequested); // Ctrl+C is how one stops to watch: no error.
    }

    /// <summary>What was seen of the unfinished runs of a store.</summary>
    private sealed class WatchedRuns(RunStore store, TimeProvider clock)
    {
        private readonly long _start = clock.GetTimestamp();
        private readonly Dictionary<string, Watched> _runs = new(StringComparer.Ordinal);
        private int _finished;

        public string Summary => string.Create(
            CultureInfo.InvariantCulture, $"{_runs.Values.Count(run => run.IsTrained)} runs train, {_runs.Values.Count(run => !run.IsTrained)} wait to go on, {_finished} are finished in {store.Root}");

        public void Look(bool isListing = true)
        {
            if (isListing)
            {
                StoreListing listing = store.List();
                _finished = listing.Runs.Count(run => run.Status == RunStatus.Complete);
                HashSet<string> unfinished = [.. listing.Runs.Where(run => run.Status != RunStatus.Complete).Select(run => run.Key)];
                foreach (string gone in _runs.Keys.Except(unfinished, StringComparer.Ordinal).ToArray())
                {
                    _runs.Remove(gone);
                }

                foreach (StoredRun run in listing.Runs.Where(run => run.Status != RunStatus.Complete))
                {
                    _runs.TryAdd(run.Key, new Watched(run));
                }
            }

            foreach (Watched run in _runs.Values)
            {
                run.Look(store, clock.GetElapsedTime(_start));
            }
        }

        public Reporting.Table Tabulate()
        {
            var table = new Reporting.Table("Run", "Step", "Train", "Val", "Steps/s", "Left");
            foreach (Watched run in _runs.Values.OrderBy(run => !run.IsTrained).ThenBy(run => run.Title, StringComparer.Ordinal))
            {
                table.Add(run.Cells);
            }

            return table;
        }
    }

    private sealed class Watched(StoredRun run)
    {
        private readonly RunPace _pace = new();
        private CurvePoint? _latest;

        public string Title { get; } = StoreCommand.TitleOf(run);

        public bool IsTrained { get; private set; }

        public IReadOnlyList<Cell> Cells =>
        [
            Title,
            _latest is { } at ? FormattableString.Invariant($"{at.Step:N0}/{run.Budget:N0}") : FormattableString.Invariant($"0/{run.Budget:N0}"),
            _latest is { } train ? FormattableString.Invariant($"{100 * train.TrainAccuracy:F1} %") : "",
            _latest is { } val ? FormattableString.Invariant($"{100 * val.ValAccuracy:F1} %") : "",
            _pace.StepsPerSecond is { } speed ? FormattableString.Invariant($"{speed:N0}") : "",
            !IsTrained ? "waits" : _pace.Left is { } left ? DurationText.Of(left) : "",
        ];

        public void Look(RunStore store, TimeSpan elapsed)
        {
            IsTrained = store.IsTrained(run.Key);
            if (store.ReadProgress(run.Key) is [.., CurvePoint latest] && latest.Step != _latest?.Step)
            {
                _latest = latest;
                _pace.Observe(latest.Step, elapsed, run.Budget);
            }
        }
    }
}

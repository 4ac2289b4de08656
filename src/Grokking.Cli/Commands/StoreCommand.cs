using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Compare;
using Grokking.Cli.Output;
using Grokking.Curves;
using Grokking.Reporting;
using Grokking.Store;

namespace Grokking.Cli.Commands;

/// <summary><c>grok store</c>: what is kept, whether it is whole, and what can go.</summary>
internal static class StoreCommand
{
    // Enough to name a run among millions.
    private const int ShownOfKey = 12;

    /// <summary>The three verbs.</summary>
    public static Command Create(CliConsole console) =>
        new("store", "Looks after the store of runs.") { List(console), Verify(console), Collect(console) };

    private static Command List(CliConsole console)
    {
        Option<string?> store = RunOptions.Store();
        var where = new Option<string?>("--where") { Description = "Only these, e.g. op=x+y,seed=0..4.", HelpName = "FILTER" };
        var command = new Command("list", "Lists the runs.") { store, where };
        command.SetAction(parsed =>
        {
            RunStore runs = RunOptions.OpenExisting(parsed.GetValue(store), console);
            var filter = RunFilter.Parse(parsed.GetValue(where) ?? "");
            StoreListing listing = runs.List();
            IReadOnlyList<StoredRun> chosen = filter.Choose(listing.Runs, run => run.EngineId, run => run.Experiment);
            console.Show(Tabulate(chosen));
            console.Line();
            int ofOtherCode = chosen.Count(run => run.IsOfOtherCode);
            console.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{chosen.Count} of {listing.Runs.Count} runs in {runs.Root}, {chosen.Count(run => run.Status != RunStatus.Complete)} unfinished")
                + (ofOtherCode == 0 ? "" : FormattableString.Invariant($", {ofOtherCode} of other code, which this build does not use; grok store gc --other-code removes them")));
            Complain(listing.Problems, console);
            if (listing.Problems.Any(problem => !problem.IsStray))
            {
                console.ErrorLine("grok store verify puts what is damaged into quarantine.");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Verify(CliConsole console)
    {
        Option<string?> store = RunOptions.Store();
        var command = new Command("verify", "Reads every file, compares it with its hash, and puts what is damaged into quarantine.") { store };
        command.SetAction(parsed =>
        {
            RunStore runs = RunOptions.OpenExisting(parsed.GetValue(store), console);
            StoreListing listing = runs.Verify();
            int damaged = listing.Problems.Count(problem => !problem.IsStray);
            Complain(listing.Problems.Where(problem => problem.Quarantine is null), console);
            console.Line(
                string.Create(CultureInfo.InvariantCulture, $"{listing.Runs.Count} runs in {runs.Root} are whole, {damaged} damaged."),
                damaged == 0 ? Tone.Good : Tone.Bad);
            return (int)(damaged == 0 ? ExitCode.Success : ExitCode.StoreDamaged);
        });
        return command;
    }

    private static Command Collect(CliConsole console)
    {
        Option<string?> store = RunOptions.Store();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would go." };
        var otherCode = new Option<bool>("--other-code")
        {
            Description = "Removes the runs of other training code too, finished or not, which this build never reads again.",
        };
        var command = new Command(
            "gc", "Removes what killed processes left, and checkpoints that nobody needs. Results stay, save those of other code with --other-code.")
        {
            store, dryRun, otherCode,
        };
        command.SetAction(parsed =>
        {
            bool isDry = parsed.GetValue(dryRun);
            RunStore runs = RunOptions.OpenExisting(parsed.GetValue(store), console);
            IReadOnlyList<StoreLeftover> leftovers = runs.Collect(isDry, parsed.GetValue(otherCode));
            if (leftovers.Count > 0)
            {
                var table = new Table("File", "Bytes", "What it is");
                foreach (StoreLeftover leftover in leftovers)
                {
                    table.Add(leftover.Path, leftover.Length.ToString("N0", CultureInfo.InvariantCulture), leftover.Why);
                }

                console.Show(table);
                console.Line();
            }

            console.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{leftovers.Count} files, {leftovers.Sum(leftover => leftover.Length):N0} bytes in {runs.Root} {(isDry ? "would go" : "are gone")}."));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Table Tabulate(IReadOnlyList<StoredRun> runs)
    {
        var table = new Table("Run", "What", "Steps", "Val", "99 % val at", "Engine", "Code");
        foreach ((StoredRun run, string title) in runs.Select(run => (run, TitleOf(run))).OrderBy(pair => pair.Item2, StringComparer.Ordinal))
        {
            CurvePoint? last = run.Curve?.Final;
            table.Add(
                run.Key[..ShownOfKey],
                title,
                last is null ? FormattableString.Invariant($"of {run.Budget:N0}, unfinished") : FormattableString.Invariant($"{last.Step:N0} of {run.Budget:N0}"),
                last is null ? "" : FormattableString.Invariant($"{100 * last.ValAccuracy:F1} %"),
                run.Curve is null ? "" : Comparison.Steps(run.Curve.FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).Within(run.Budget)),
                run.EngineId,
                run.IsOfOtherCode ? "other code" : "");
        }

        return table;
    }

    /// <summary>What a stored run is, in a few words.</summary>
    internal static string TitleOf(StoredRun run) =>
        run.Experiment is { } experiment ? RunLabel.Of(experiment) : "of a kind that this version does not know";

    private static void Complain(IEnumerable<StoreProblem> problems, CliConsole console)
    {
        foreach (StoreProblem problem in problems)
        {
            console.ErrorLine($"{problem.Path}: {problem.Reason}.", problem.IsStray ? Tone.Plain : Tone.Bad);
        }
    }
}

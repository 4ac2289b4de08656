using System.CommandLine;
using Grokking.Claims;
using Grokking.Cli.Output;
using Grokking.Cli.Trials;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Cli.Commands;

/// <summary><c>grok claims</c>: what the tests of tests/Claims do, without a test runner and without snapshots.</summary>
internal static class ClaimsCommand
{
    /// <summary>Over the claims of the catalogue.</summary>
    public static Command Create(CliConsole console) => Create(console, ClaimCatalogue.All, TorchSwitch.Engines);

    /// <summary>Over any claims.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="catalogue">In the order of lists.</param>
    /// <param name="engines">Of which one trains what is not in the store.</param>
    internal static Command Create(CliConsole console, IReadOnlyList<Claim> catalogue, BuiltEngines engines)
    {
        var filter = new Argument<string[]>("filter")
        {
            Description = "Names or parts of names; a claim with any of them is tried. Without one all are.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var tier = new Option<string?>("--tier") { Description = $"quick (minutes) or paper (minutes to days a claim); by default {TierVariable.Name}, else quick." };
        Option<string?> engine = EngineOption.New();
        Option<string?> store = RunOptions.Store();
        Option<bool> fresh = RunOptions.Fresh();
        Option<string?> workers = RunOptions.Workers();
        var junit = new Option<string?>("--junit") { Description = "Writes the results as JUnit XML.", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Writes the results as JSON.", HelpName = "FILE" };
        var command = new Command("claims", "Trains what the paper's claims are about and judges each claim.")
        {
            filter, tier, engine, store, fresh, workers, junit, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<Claim> claims = Select(catalogue, parsed.GetValue(filter) ?? []);
            Tier size = TierOption.Of(parsed.GetValue(tier), console);
            int? threads = RunOptions.CheckWorkers(parsed.GetValue(workers));
            (string Option, string? Path, Func<ClaimTrials, string> Render)[] files =
                [(junit.Name, parsed.GetValue(junit), JUnitReport.Of), (json.Name, parsed.GetValue(json), JsonReport.Of)];
            files = [.. files.Where(file => file.Path is not null)];
            foreach ((string option, string? path, _) in files)
            {
                WholeFile.Try(option, path!);
            }

            bool anew = RunOptions.TrainsEvidenceAnew(parsed.GetValue(fresh), console);
            Func<ITrainingEngine, ITrainingEngine> keeping = RunOptions.KeepingEvidence(parsed.GetValue(store), anew, console);
            ChosenEngine chosen = EngineOption.Open(engines, parsed.GetValue(engine), console);
            ClaimTrials trials;
            try
            {
                trials = await RunView.During(console, async view =>
                {
                    // Left when every run that was stopped is kept.
                    using var laboratories = new EngineLaboratories(chosen, keeping, threads, view, line => view.Line(line));
                    return await ClaimTrials.Run(claims, size, laboratories, view, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new CommandFailedException(ExitCode.Interrupted, $"Stopped before every claim was judged. {TypedCommand.ToGoOn(parsed, anew)}");
            }

            Show(trials, console);
            foreach ((string option, string? path, Func<ClaimTrials, string> render) in files)
            {
                WholeFile.Write(option, path!, render(trials));
            }

            JobReport.Publish(trials, console);
            return (int)trials.Code;
        });
        return command;
    }

    private static IReadOnlyList<Claim> Select(IReadOnlyList<Claim> catalogue, string[] filters)
    {
        string[] names = [.. catalogue.Select(claim => claim.Name)];
        string? stray = Array.Find(filters, filter => !names.Any(name => Matches(name, filter, names)));
        return stray is null
            ? [.. catalogue.Where(claim => filters.Length == 0 || filters.Any(filter => Matches(claim.Name, filter, names)))]
            : throw new CommandFailedException(
                ExitCode.NothingMatched,
                $"No claim matches \"{stray}\"; did you mean {NearestName.To(stray, names)}? There are: {string.Join(", ", names)}.");
    }

    // A whole name is that claim alone, though it may be a part of another's.
    private static bool Matches(string name, string filter, string[] names) =>
        names.Contains(filter, StringComparer.OrdinalIgnoreCase)
            ? string.Equals(name, filter, StringComparison.OrdinalIgnoreCase)
            : name.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static void Show(ClaimTrials trials, CliConsole console)
    {
        console.Line();
        console.Show(ClaimResult.Tabulate([.. trials.All.Select(trial => trial.Row)]));
        foreach (ClaimTrial trial in trials.All.Where(trial => trial.Code != ExitCode.Success))
        {
            console.Line();
            console.Line($"{trial.Claim.Name}: {trial.Row.Verdict}", Tone.Bad);
            console.Line($"  \"{trial.Claim.Statement}\" — {trial.Claim.Source}");
            foreach (string line in trial.Evidence.DefaultIfEmpty(trial.Error ?? ""))
            {
                console.Line("  " + line);
            }
        }
    }
}

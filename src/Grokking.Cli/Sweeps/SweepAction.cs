using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Cli.Sweeps;

/// <summary>What <c>grok train</c> and <c>grok sweep</c> have in common: the words and options, the training, the tables at its end.</summary>
internal sealed class SweepAction
{
    private readonly CliConsole _console;
    private readonly BuiltEngines _engines;
    private readonly Argument<string[]> _words = new($"preset {CommandLine.KeyValue}")
    {
        Description =
            $"A preset ({string.Join(", ", Presets.Named.Keys)}; {SweepPlan.DefaultPreset} without one) and what differs from it, "
            + "e.g. wd=0.1 op=x+y p=59 seed=3. --print-config shows all keys; shorter are "
            + $"{string.Join(", ", ExperimentKeys.Aliases.Select(alias => $"{alias.Key} ({alias.Value})"))}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "An experiment as JSON, as --print-config prints it; its keys are laid over the preset's, then come the changes.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _printConfig = new("--print-config") { Description = "Prints the experiment as JSON and trains nothing." };
    private readonly Option<string?> _engine = EngineOption.New();
    private readonly Option<string?> _store = RunOptions.Store();
    private readonly Option<bool> _fresh = RunOptions.Fresh();
    private readonly Option<string?> _workers = RunOptions.Workers();

    /// <summary>The words and options of one command.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engines">Of which one trains what is not in the store.</param>
    public SweepAction(CliConsole console, BuiltEngines engines)
    {
        _console = console;
        _engines = engines;
    }

    /// <summary>A command with these words and options.</summary>
    /// <param name="name">Of the command.</param>
    /// <param name="description">Of the command.</param>
    /// <param name="isSingle">Whether it trains one experiment only.</param>
    public Command CommandNamed(string name, string description, bool isSingle)
    {
        var command = new Command(name, description) { _words, _config, _printConfig, _engine, _store, _fresh, _workers };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] words = parsed.GetValue(_words) ?? [];
            SweepPlan plan = SweepPlan.Read(words, parsed.GetValue(_config));
            if (isSingle && plan.Variations.Count > 1)
            {
                throw new CommandFailedException(
                    ExitCode.BadInput,
                    string.Create(CultureInfo.InvariantCulture, $"{name} trains one experiment and these are {plan.Variations.Count}. For all of them: {TypedCommand.Again(parsed, "sweep")}"));
            }

            if (parsed.GetValue(_printConfig))
            {
                Print(plan, isSingle);
                return (int)ExitCode.Success;
            }

            int? workers = RunOptions.CheckWorkers(parsed.GetValue(_workers));
            RunStore store = RunOptions.OpenPrepared(parsed.GetValue(_store), _console);
            bool anew = RunOptions.TrainsAnew(parsed.GetValue(_fresh), _console);
            ChosenEngine chosen = Choose(plan, parsed.GetValue(_engine));
            SweepResult result = await Train(plan, chosen, engine => new StoringEngine(engine, store, anew), workers, cancellationToken).ConfigureAwait(false);
            Show(result);
            _console.Line($"Kept in {store.Root}", Tone.Faint);
            return result.Ended == plan.Variations.Count
                ? (int)ExitCode.Success
                : throw new CommandFailedException(
                    ExitCode.Interrupted,
                    string.Create(CultureInfo.InvariantCulture, $"Stopped with {result.Ended} of {plan.Variations.Count} runs at their end. {TypedCommand.ToGoOn(parsed, anew)}"));
        });
        return command;
    }

    // An engine that was asked for by name trains everything or nothing.
    private ChosenEngine Choose(SweepPlan plan, string? given)
    {
        ChosenEngine chosen = EngineOption.Open(_engines, given, _console);
        if (chosen.Choice == EngineChoice.Torch && chosen.WhyRefused(plan.Experiments) is string reason)
        {
            chosen.Dispose();
            throw new CommandFailedException(ExitCode.BadInput, reason);
        }

        return chosen;
    }

    private Task<SweepResult> Train(
        SweepPlan plan, ChosenEngine chosen, Func<ITrainingEngine, ITrainingEngine> keeping, int? workers, CancellationToken cancellationToken) =>
        RunView.During(_console, async view =>
        {
            view.Follow(plan.Name, plan.Experiments);

            // Left before the tables are shown: what was stopped is kept by then.
            using var laboratories = new EngineLaboratories(
                chosen, engine => new CurveEngine(keeping(engine)), workers, view, line => view.Line(line));
            return await Train(plan, laboratories.For(plan.Name, plan.Experiments), cancellationToken).ConfigureAwait(false);
        });

    // The first failure stops the others: it is most likely theirs too, and what they have reached is kept.
    private static async Task<SweepResult> Train(SweepPlan plan, TrainingLaboratory laboratory, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TrainedRun>[] runs = [.. plan.Variations.Select(variation => laboratory.Train(variation.Experiment, stop.Token))];
        await foreach (Task<TrainedRun> run in Task.WhenEach(runs).ConfigureAwait(false))
        {
            if (run.IsFaulted)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await run.ConfigureAwait(false);
            }
        }

        return new SweepResult(plan, [.. runs.Select(run => run.IsCompletedSuccessfully ? run.Result : null)]);
    }

    private void Print(SweepPlan plan, bool isSingle)
    {
        object shown = isSingle ? plan.Variations[0].Experiment : plan.Variations.Select(variation => variation.Experiment).ToArray();
        _console.Out.WriteLine(CanonicalJson.Write(shown));
    }

    private void Show(SweepResult result)
    {
        if (result.Ended == 0)
        {
            return;
        }

        _console.Line();
        _console.Show(result.ByRun());
        if (result.Plan.VariesMoreThanSeeds && result.Plan.Variations[0].Varied.Any(each => SweepPlan.IsSeed(each.Key)))
        {
            _console.Line();
            _console.Show(result.OverSeeds());
        }
    }
}

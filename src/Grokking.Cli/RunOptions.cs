using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Output;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Cli;

/// <summary>The options that every command which trains has.</summary>
internal static class RunOptions
{
    /// <summary>How many runs train at once.</summary>
    public static Option<string?> Workers() => new("--workers", "-j")
    {
        Description = "How many runs train at once; by default what suits the engine: one per processor on the CPU engine.",
        HelpName = "N",
    };

    /// <summary>Where runs are kept.</summary>
    public static Option<string?> Store() =>
        new("--store") { Description = $"The folder of the store; by default {StoreLocation.Variable}, else the user's folder for caches.", HelpName = "DIR" };

    /// <summary>The store in a folder, or in the default one.</summary>
    /// <param name="folder">Of --store; null where it is not given.</param>
    /// <param name="console">Told of what is put into quarantine.</param>
    /// <exception cref="CommandFailedException">It cannot be a folder, or the user has none.</exception>
    public static RunStore Open(string? folder, CliConsole console)
    {
        string? root = folder is { Length: > 0 } ? folder : StoreLocation.Find(console.Variable);
        try
        {
            return root is not null
                ? new RunStore(root, new Complaints(console))
                : throw new CommandFailedException(ExitCode.BadInput, $"There is no folder to keep runs in: --store DIR or {StoreLocation.Variable} names one.");
        }
        catch (StoreException exception)
        {
            throw new CommandFailedException(ExitCode.BadInput, exception.Message, exception);
        }
    }

    /// <summary>The same, and it can be written.</summary>
    /// <inheritdoc cref="Open"/>
    public static RunStore OpenPrepared(string? folder, CliConsole console)
    {
        RunStore store = Open(folder, console);
        try
        {
            store.Prepare();
            return store;
        }
        catch (StoreException exception)
        {
            throw new CommandFailedException(ExitCode.BadInput, exception.Message, exception);
        }
    }

    /// <summary>Whether kept runs count.</summary>
    public static Option<bool> Fresh() =>
        new("--fresh") { Description = $"Trains every run from its first step and holds it against what is kept; so does {StoreLocation.FreshVariable}=1." };

    /// <summary>Whether runs begin at their first step although they are kept.</summary>
    /// <param name="fresh">Of --fresh.</param>
    /// <param name="console">Has the variable that means the same.</param>
    /// <exception cref="CommandFailedException">The variable says neither yes nor no.</exception>
    public static bool TrainsAnew(bool fresh, CliConsole console) => fresh || Asked(StoreLocation.IsFresh, console);

    /// <summary>The same of runs that shall be evidence, which begin anew in continuous integration too.</summary>
    /// <inheritdoc cref="TrainsAnew"/>
    public static bool TrainsEvidenceAnew(bool fresh, CliConsole console) => fresh || Asked(StoreLocation.TrainsAnew, console);

    /// <summary>
    /// Puts a store before an engine: runs are kept there, the finished ones read, the others gone on with. Evidence does not need a store: where nobody
    /// named one and the user's own cannot be used, nothing is kept.
    /// </summary>
    /// <param name="folder">Of --store; null where it is not given.</param>
    /// <param name="anew">Of <see cref="TrainsEvidenceAnew"/>.</param>
    /// <param name="console">Told where runs are kept.</param>
    /// <exception cref="CommandFailedException">A folder that somebody named cannot be used.</exception>
    public static Func<ITrainingEngine, ITrainingEngine> KeepingEvidence(string? folder, bool anew, CliConsole console)
    {
        try
        {
            RunStore store = OpenPrepared(folder, console);
            console.Line($"Runs are kept in {store.Root}{(anew ? " and trained anew" : "")}.", Tone.Faint);
            return engine => new StoringEngine(engine, store, anew);
        }
        catch (CommandFailedException exception)
        {
            if (folder is { Length: > 0 } || StoreLocation.IsNamed(console.Variable))
            {
                throw;
            }

            console.Line($"Runs are not kept: {exception.Message}", Tone.Faint);
            return engine => engine;
        }
    }

    /// <summary>The store as <see cref="Open"/> has it, to read what is there: a folder that somebody names has to be there.</summary>
    /// <inheritdoc cref="Open"/>
    public static RunStore OpenExisting(string? folder, CliConsole console)
    {
        RunStore store = Open(folder, console);
        return folder is not { Length: > 0 } || Directory.Exists(store.Root)
            ? store
            : throw new CommandFailedException(ExitCode.BadInput, $"There is no store in {store.Root}.");
    }

    /// <summary>The number, in its range.</summary>
    /// <exception cref="CommandFailedException">It is outside, or no number.</exception>
    public static int? CheckWorkers(string? workers) =>
        workers is null ? null :
        int.TryParse(workers, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= TrainingLaboratory.MaxWorkers ? number :
        throw new CommandFailedException(
            ExitCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"--workers is {workers}; allowed: 1 to {TrainingLaboratory.MaxWorkers}."));

    private static bool Asked(Func<Func<string, string?>, bool> question, CliConsole console)
    {
        try
        {
            return question(console.Variable);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CommandFailedException(ExitCode.BadInput, $"{StoreLocation.FreshVariable} is \"{console.Variable(StoreLocation.FreshVariable)}\"; allowed: 0 and 1.");
        }
    }

    private sealed class Complaints(CliConsole console) : IProgress<Quarantined>
    {
        public void Report(Quarantined value) =>
            console.ErrorLine($"Damaged and not used: run {value.Key}: {value.Reason}. {(value.Place is { } place ? $"It lies in {place} now." : "It could not be moved.")}", Tone.Bad);
    }
}

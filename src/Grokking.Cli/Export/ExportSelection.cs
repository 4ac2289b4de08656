using System.Globalization;
using System.Text.Json;
using Grokking.Cli.Compare;
using Grokking.Cli.Output;
using Grokking.Store;

namespace Grokking.Cli.Export;

/// <summary>The finished runs of a store that somebody wants.</summary>
internal sealed class ExportSelection
{
    private const int ShortestKey = 4;

    private ExportSelection(string root, IReadOnlyList<ExportedRun> runs)
    {
        Root = root;
        Runs = runs;
    }

    /// <summary>Where the store lies.</summary>
    public string Root { get; }

    /// <summary>The runs, at least one, in the order of operation, train fraction, seed and key.</summary>
    public IReadOnlyList<ExportedRun> Runs { get; }

    /// <summary>Chooses runs; what cannot be exported is said to the standard error.</summary>
    /// <param name="store">The store.</param>
    /// <param name="wanted">Filters and beginnings of keys; none for all.</param>
    /// <param name="console">Told of what is left out.</param>
    /// <exception cref="CommandFailedException">A filter is none, or nothing matches it.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static ExportSelection Of(RunStore store, IReadOnlyList<string> wanted, CliConsole console)
    {
        StoreListing listing = store.List();
        foreach (StoreProblem problem in listing.Problems.Where(problem => !problem.IsStray))
        {
            console.ErrorLine($"Left out: {problem.Path}: {problem.Reason}", Tone.Bad);
        }

        int unfinished = listing.Runs.Count(run => run.Curve is null);
        if (unfinished > 0)
        {
            console.ErrorLine(string.Create(CultureInfo.InvariantCulture, $"Left out: {unfinished} {(unfinished == 1 ? "run that has" : "runs that have")} not finished."));
        }

        List<ExportedRun> all = [];
        foreach (StoredRun run in listing.Runs.Where(run => run.Curve is not null))
        {
            try
            {
                all.Add(new ExportedRun(run));
            }
            catch (Exception exception) when (exception is JsonException or StoreException)
            {
                console.ErrorLine($"Left out: {run.Folder}: {exception.Message}", Tone.Bad);
            }
        }

        HashSet<ExportedRun> chosen = wanted.Count == 0 ? [.. all] : [.. wanted.SelectMany(one => Choose(one, all, store.Root))];
        if (chosen.Count == 0)
        {
            throw new CommandFailedException(ExitCode.NothingMatched, $"{store.Root} holds no finished run.");
        }

        IReadOnlyList<ExportedRun> sorted =
        [
            .. chosen
                .OrderBy(run => run.Task, StringComparer.Ordinal)
                .ThenBy(run => run.Number(RunColumns.TrainFractionPath))
                .ThenBy(run => run.Number(RunColumns.SeedPath))
                .ThenBy(run => run.Key, StringComparer.Ordinal),
        ];
        return new ExportSelection(store.Root, sorted);
    }

    private static ExportedRun[] Choose(string wanted, IReadOnlyList<ExportedRun> all, string root)
    {
        bool isKey = wanted.Length >= ShortestKey && wanted.All(char.IsAsciiHexDigit);
        if (!isKey && !RunFilter.IsFilter(wanted))
        {
            throw new CommandFailedException(
                ExitCode.BadInput,
                string.Create(CultureInfo.InvariantCulture, $"\"{wanted}\" is no filter like seed=0..4 and no key; of a key at least {ShortestKey} hexadecimal digits are needed."));
        }

        ExportedRun[] chosen = isKey
            ? [.. all.Where(run => run.Key.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))]
            : [.. RunFilter.Parse(wanted).Choose(all, run => run.EngineId, run => run.Experiment)];
        return chosen.Length > 0
            ? chosen
            : throw new CommandFailedException(ExitCode.NothingMatched, $"No finished run in {root} matches \"{wanted}\".");
    }
}

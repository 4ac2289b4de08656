using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Compare;
using Grokking.Cli.Output;
using Grokking.Reporting;

namespace Grokking.Cli.Commands;

/// <summary><c>grok compare</c>: whether a candidate generalises later or earlier than a baseline, or not at all, and how sure that is.</summary>
internal static class CompareCommand
{
    private const int MostRows = 60;

    /// <summary>Over stores on disk.</summary>
    public static Command Create(CliConsole console) => Create(console, folder => RunListing.Of(RunOptions.OpenExisting(folder, console)));

    /// <summary>Over any stores.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="open">Reads the store in a folder; the default one where it is null.</param>
    internal static Command Create(CliConsole console, Func<string?, RunListing> open)
    {
        var a = new Argument<string>("A") { Description = "The baseline: the folder of a store, or a filter over one store, e.g. opt=Adam,frac=0.5." };
        var b = new Argument<string>("B") { Description = "The candidate: another folder or filter." };
        Option<string?> store = RunOptions.Store();
        var where = new Option<string?>("--where") { Description = "Narrows both sides, e.g. seed=0..9.", HelpName = "FILTER" };
        var slower = new Option<string?>("--fail-if-slower")
        {
            Description = "Exit code 2 if B is lost, or the ratio is at least this and its whole 95 % interval, of three pairs or more, above 1. At least 1.",
            HelpName = "FACTOR",
        };
        var file = new Option<string?>("--out") { Description = "Writes the plot: .html with the table, or .svg.", HelpName = "FILE" };
        var command = new Command("compare", "Compares steps to 99 % validation accuracy of two sets of runs, pair by pair.") { a, b, store, where, slower, file };
        command.SetAction(parsed =>
        {
            double? factor = CheckFactor(parsed.GetValue(slower));
            string? path = CheckFile(parsed.GetValue(file));
            var stores = new Dictionary<string, RunListing>(StringComparer.Ordinal);
            string narrowed = parsed.GetValue(where) ?? "";
            IReadOnlyList<ComparedRun> baseline = Side("A", parsed.GetRequiredValue(a));
            IReadOnlyList<ComparedRun> candidate = Side("B", parsed.GetRequiredValue(b));
            var comparison = Comparison.Of(Pairing.Of(baseline, candidate));
            Show(comparison, console);
            if (path is not null)
            {
                string text = path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                    ? ComparePage.Svg(comparison)
                    : ComparePage.Html(comparison, parsed.GetRequiredValue(a), parsed.GetRequiredValue(b));
                WholeFile.Write(file.Name, path, text);
                console.Line($"Plot: {path}");
            }

            return (int)Judge(comparison, factor, console);

            IReadOnlyList<ComparedRun> Side(string side, string argument)
            {
                string? folder = RunFilter.IsFilter(argument) ? parsed.GetValue(store) : argument;
                RunListing listing = stores.TryGetValue(folder ?? "", out RunListing? read) ? read : Open(folder);
                IReadOnlyList<ComparedRun> runs = RunFilter.Parse(narrowed).Choose(
                    RunFilter.Parse(RunFilter.IsFilter(argument) ? argument : "").Choose(listing.Runs));
                console.Line(string.Create(CultureInfo.InvariantCulture, $"{side}  {argument}: {runs.Count} of {listing.Runs.Count} runs in {listing.Root}"));
                return runs.Count > 0
                    ? runs
                    : throw new CommandFailedException(ExitCode.NothingMatched, $"{side} has no finished run: nothing in {listing.Root} matches {argument} {narrowed}".TrimEnd() + ".");
            }

            RunListing Open(string? folder)
            {
                RunListing listing = open(folder);
                stores.Add(folder ?? "", listing);
                foreach (string problem in listing.Problems)
                {
                    console.ErrorLine($"Left out: {problem}", Tone.Bad);
                }

                if (listing.Unfinished > 0)
                {
                    console.ErrorLine(string.Create(CultureInfo.InvariantCulture, $"Left out: {listing.Unfinished} runs in {listing.Root} that have not finished."));
                }

                return listing;
            }
        });
        return command;
    }

    private static double? CheckFactor(string? factor) =>
        factor is null ? null :
        double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is >= 1 and < double.PositiveInfinity ? number :
        throw new CommandFailedException(ExitCode.BadInput, $"--fail-if-slower is {factor}; allowed: 1 and more, e.g. 1.2 for 20 % more steps.");

    private static string? CheckFile(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailedException(ExitCode.BadInput, $"--out is \"{path}\"; its name has to end in .html or .svg.");
        }

        WholeFile.Try("--out", path);
        return path;
    }

    private static void Show(Comparison comparison, CliConsole console)
    {
        foreach (SideDifference difference in comparison.Pairing.Differences)
        {
            console.Line($"They differ in {difference.Path}: {Some(difference.Baseline)} → {Some(difference.Candidate)}");
        }

        (int lonelyA, int lonelyB) = comparison.Pairing.WithoutPartner;
        if (lonelyA + lonelyB > 0)
        {
            console.Line(string.Create(CultureInfo.InvariantCulture, $"Without a partner: {lonelyA} runs of A, {lonelyB} of B"));
        }

        console.Line();
        console.Show(comparison.Tabulate(), MostRows);
        console.Line();
        console.Line($"A          generalises in {comparison.Generalized(pair => pair.Baseline)}");
        console.Line($"B          generalises in {comparison.Generalized(pair => pair.Candidate)}");
        console.Line($"Pairs      {comparison.Counts}");
        console.Line($"Sign test  {comparison.SignTest}");
        console.Line("Steps to 99 % validation accuracy, B over A:");
        console.Line($"{comparison.Answer}: {comparison.Effect}", comparison.IsLost || comparison.IsLater ? Tone.Bad : comparison.IsEarlier ? Tone.Good : Tone.Strong);
    }

    private static ExitCode Judge(Comparison comparison, double? factor, CliConsole console)
    {
        if (factor is not null && comparison.IsUnjudged)
        {
            console.ErrorLine(string.Create(
                CultureInfo.InvariantCulture, $"--fail-if-slower judges {Comparison.FewestPairs} pairs or more; there are {comparison.Ratio.Pairs}."));
        }

        if (factor is not { } most || !comparison.IsSlowerBy(most))
        {
            return ExitCode.Success;
        }

        string reason = string.Create(CultureInfo.InvariantCulture, $"Regression: {comparison.InWords}, {comparison.Effect}; allowed: less than ×{most:0.##}.");
        console.ErrorLine(reason, Tone.Bad);
        if (console.IsInGitHubJob)
        {
            console.Out.WriteLine(WorkflowCommand.Error("grok compare: regression", [reason]));
        }

        return ExitCode.DoesNotHold;
    }

    private static string Some(IReadOnlyList<string> values) =>
        values.Count <= 6 ? string.Join(", ", values) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", values.Take(5))} and {values.Count - 5} more");
}

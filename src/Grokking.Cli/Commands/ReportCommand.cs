using System.CommandLine;
using System.Globalization;
using Grokking.Claims;
using Grokking.Cli.Output;
using Grokking.Cli.Report;
using Grokking.Reporting;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Cli.Commands;

/// <summary><c>grok report</c>: the claims as one HTML file or as Markdown, from the runs of a store. Trains nothing.</summary>
internal static class ReportCommand
{
    /// <summary>Where the page is written without <c>--out</c>.</summary>
    public const string DefaultFile = "report.html";

    private const int MostProblems = 5;

    /// <summary>Over the claims of the catalogue.</summary>
    public static Command Create(CliConsole console) =>
        Create(console, ClaimCatalogue.All, new CpuEngine().Id, folder => RunOptions.OpenExisting(folder, console));

    /// <summary>Over any claims and any store.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="catalogue">In the order of the report.</param>
    /// <param name="engineId">The engine without <c>--engine</c>.</param>
    /// <param name="open">The store in a folder; the default one where it is null.</param>
    internal static Command Create(CliConsole console, IReadOnlyList<Claim> catalogue, string engineId, Func<string?, RunStore> open)
    {
        Option<string?> store = RunOptions.Store();
        var file = new Option<string?>("--out") { Description = $"Where to write; by default {DefaultFile}, and Markdown to the standard output.", HelpName = "FILE" };
        var tier = new Option<string?>("--tier") { Description = $"quick or paper; by default {TierVariable.Name}, else quick." };
        var engine = new Option<string?>("--engine") { Description = $"Whose runs, as the store names it; by default {engineId}.", HelpName = "ID" };
        var markdown = new Option<bool>("--markdown") { Description = "Markdown of less than 1 MiB for the summary of a CI job, instead of a page." };
        var command = new Command(
            "report", "Writes the claims with their verdicts and curves as one HTML file. Trains nothing: a claim without its runs is shown as not run.")
        {
            store, file, tier, engine, markdown,
        };
        command.SetAction(parsed =>
        {
            Tier size = TierOption.Of(parsed.GetValue(tier), console);
            bool asMarkdown = parsed.GetValue(markdown);
            string? path = parsed.GetValue(file) ?? (asMarkdown ? null : DefaultFile);
            if (path is not null)
            {
                WholeFile.Try(file.Name, path);
            }

            StoredRuns runs = StoredRuns.Of(open(parsed.GetValue(store)));
            Tell(runs.Problems, console);
            string id = EngineOf(parsed.GetValue(engine), engineId, runs);
            IReadOnlyDictionary<string, FalseAlarms> alarms = FalseAlarms.Read(EmbeddedAsset.Calibrations.Select(asset => (asset.Name, asset.Text)));
            ReportContent content = ReportAssembly.Of(catalogue, size, id, experiment => RunKey.Of(experiment, id).Hash, runs.ByKey, alarms);
            string text = asMarkdown ? MarkdownReport.Write(content) : ReportPage.Write(content);
            if (path is null)
            {
                console.Out.Write(text);
                return (int)ExitCode.Success;
            }

            WholeFile.Write(file.Name, path, text);
            console.Line(string.Create(CultureInfo.InvariantCulture, $"{path}: {ReportPage.InWords(content)} (cached: {runs.ByKey.Count} runs in {runs.Root})"));
            foreach (ReportedClaim claim in content.Claims.Where(claim => claim.Run is null))
            {
                console.Line($"{claim.Claim.Name}: not run, {RunCount.Of(claim)} runs are there; {content.TrainingCommand(claim.Claim)} trains the others");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string EngineOf(string? given, string engineId, StoredRuns runs) =>
        given is null || runs.Engines.Contains(given, StringComparer.Ordinal)
            ? given ?? engineId
            : throw new CommandFailedException(
                ExitCode.NothingMatched,
                $"--engine is \"{given}\"; {runs.Root} has runs of: {(runs.Engines.Count == 0 ? "none" : string.Join(", ", runs.Engines))}.");

    private static void Tell(IReadOnlyList<string> problems, CliConsole console)
    {
        foreach (string problem in problems.Take(MostProblems))
        {
            console.ErrorLine($"Left out: {problem}", Tone.Bad);
        }

        if (problems.Count > MostProblems)
        {
            console.ErrorLine(string.Create(CultureInfo.InvariantCulture, $"Left out: {problems.Count - MostProblems} more; grok store verify lists them."), Tone.Bad);
        }
    }
}

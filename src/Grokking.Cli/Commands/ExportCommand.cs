using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Export;
using Grokking.Cli.Output;
using Grokking.Reporting;

namespace Grokking.Cli.Commands;

/// <summary><c>grok export</c>: what finished runs of a store left behind, in the formats of other tools.</summary>
internal static class ExportCommand
{
    private const string Csv = "csv", JsonLines = "jsonl", TensorBoard = "tensorboard", SafetensorsFormat = "safetensors";

    private static readonly string[] s_formats = [Csv, JsonLines, TensorBoard, SafetensorsFormat];

    /// <summary>Over the store that the options name.</summary>
    public static Command Create(CliConsole console)
    {
        var which = new Argument<string[]>("runs")
        {
            Description = "Filters such as op=x+y,seed=0..4, or the first digits of keys; a run that fits any is exported. Without one all are.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = new Option<string?>("--format", "-f") { Description = "csv (the default) or jsonl for curves, tensorboard for event files, safetensors for weights." };
        var names = new Option<string?>("--names") { Description = "Whose names and shapes the weights have: openai, transformerlens, or grokking for our own." };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "A file; a folder for tensorboard, and for the weights of several runs. Without it curves go to the standard output.",
            HelpName = "PATH",
        };
        Option<string?> store = RunOptions.Store();
        var command = new Command("export", "Writes curves as CSV, JSON Lines or TensorBoard events, and weights as safetensors.") { which, format, names, output, store };
        command.SetAction(parsed =>
        {
            string kind = Choice(format.Name, parsed.GetValue(format) ?? Csv, s_formats);
            WeightLayout? layout = LayoutOf(names.Name, parsed.GetValue(names), kind);
            string? path = parsed.GetValue(output);
            if (string.IsNullOrEmpty(path) && kind is TensorBoard or SafetensorsFormat)
            {
                throw new CommandFailedException(ExitCode.BadInput, $"--format {kind} writes files; --out PATH has to say where.");
            }

            ExportSelection selection = ExportSelection.Of(RunOptions.OpenExisting(parsed.GetValue(store), console), parsed.GetValue(which) ?? [], console);
            switch (kind)
            {
                case Csv: WriteCurves(console, output.Name, path, to => CurveTable.Write(selection.Runs, to)); break;
                case JsonLines: WriteCurves(console, output.Name, path, to => CurveLines.Write(selection.Runs, to)); break;
                case TensorBoard: WriteEvents(output.Name, path!, selection); break;
                default: WriteWeights(output.Name, path!, selection, layout!.Value); break;
            }

            if (path is not null)
            {
                console.Line(string.Create(CultureInfo.InvariantCulture, $"{selection.Runs.Count} {(selection.Runs.Count == 1 ? "run" : "runs")} of {selection.Root}: {path}"));
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void WriteCurves(CliConsole console, string option, string? path, Action<TextWriter> write)
    {
        if (path is not null)
        {
            WholeFile.Write(option, path, write);
        }
        else if (console.IsInGitHubJob)
        {
            // Whoever pipes the data on gets it as it is in a file; here the runner reads along.
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            write(text);
            console.Out.Write(string.Join('\n', text.ToString().Split('\n').Select(WorkflowCommand.Disarm)));
        }
        else
        {
            write(console.Out);
        }
    }

    private static void WriteEvents(string option, string path, ExportSelection selection)
    {
        foreach (ExportedRun run in selection.Runs)
        {
            string folder = Path.Combine(path, RunFileName.Of(run));
            WholeFile.CreateFolder(option, folder);
            WholeFile.Write(option, Path.Combine(folder, TensorBoardEvents.FileName), (Stream file) => TensorBoardEvents.Write(run.Curve, file));
        }
    }

    // Everything that can be refused is refused before the first file.
    private static void WriteWeights(string option, string path, ExportSelection selection, WeightLayout layout)
    {
        foreach (ExportedRun run in selection.Runs)
        {
            WeightsFile.Check(run, layout);
        }

        bool isFile = selection.Runs.Count == 1 && !Directory.Exists(path) && !Path.EndsInDirectorySeparator(path);
        if (!isFile)
        {
            WholeFile.CreateFolder(option, path);
        }

        foreach (ExportedRun run in selection.Runs)
        {
            byte[] bytes = WeightsFile.Of(run, run.ReadWeights(), layout);
            WholeFile.Write(option, isFile ? path : Path.Combine(path, RunFileName.Of(run) + ".safetensors"), (Stream file) => file.Write(bytes));
        }
    }

    private static WeightLayout? LayoutOf(string option, string? given, string format)
    {
        string[] choices = [.. WeightsFile.Layouts.Keys];
        return (string.Equals(format, SafetensorsFormat, StringComparison.Ordinal), given) switch
        {
            (false, null) => null,
            (false, _) => throw new CommandFailedException(ExitCode.BadInput, $"{option} is for --format {SafetensorsFormat}, not for {format}."),
            (true, null) => throw new CommandFailedException(
                ExitCode.BadInput, $"--format {SafetensorsFormat} needs {option}: {string.Join(", ", choices)}."),
            (true, _) => WeightsFile.Layouts[Choice(option, given, choices)],
        };
    }

    private static string Choice(string option, string given, string[] choices) =>
        Array.Find(choices, choice => string.Equals(choice, given, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandFailedException(
            ExitCode.BadInput, $"{option} is \"{given}\"; did you mean {NearestName.To(given, choices)}? There are: {string.Join(", ", choices)}.");
}

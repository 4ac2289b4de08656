using System.CommandLine;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;

namespace Grokking.Cli;

/// <summary>The tool's commands, and their only list.</summary>
internal static class Program
{
    /// <summary>Runs one command in this process.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption(code => Environment.Exit((int)code));
        CliConsole console = CliConsole.OfProcess();
        return await CommandLine.Run(args, console, Commands(console), interruption.Token).ConfigureAwait(false);
    }

    /// <summary>A new command is one file in Commands and one line here.</summary>
    internal static IReadOnlyList<Command> Commands(CliConsole console) =>
    [
        ClaimsCommand.Create(console),
        TrainCommand.Create(console),
        SweepCommand.Create(console),
        ReportCommand.Create(console),
        CompareCommand.Create(console),
        WatchCommand.Create(console),
        ExportCommand.Create(console),
        StoreCommand.Create(console),
    ];
}

using System.CommandLine;
using Grokking.Cli.Output;

namespace Grokking.Tests.Unit.Cli;

/// <summary>Runs the tool in this process and keeps what it says.</summary>
internal sealed class RecordedConsole : IDisposable
{
    private readonly RecordedText _output = new();
    private readonly RecordedText _error = new();

    public RecordedConsole(TerminalSupport? support = null, params (string Name, string Value)[] variables)
    {
        support ??= TerminalSupport.TextOnly;
        Console = new CliConsole(
            _output,
            support,
            _error,
            support,
            name => variables.FirstOrDefault(pair => string.Equals(pair.Name, name, StringComparison.Ordinal)).Value);
    }

    public CliConsole Console { get; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string[] OutputLines => Output.TrimEnd('\n').Split('\n');

    public string[] ErrorLines => Error.TrimEnd('\n').Split('\n');

    /// <summary>Runs one of the tool's own commands.</summary>
    public Task<int> Run(params string[] arguments) => Run(Grokking.Cli.Program.Commands(Console), arguments);

    /// <summary>Runs a command that a test made.</summary>
    public Task<int> Run(IReadOnlyList<Command> commands, params string[] arguments) =>
        CommandLine.Run(arguments, Console, commands, CancellationToken.None);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}

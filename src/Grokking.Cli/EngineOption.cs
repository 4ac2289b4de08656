using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Laboratory;

namespace Grokking.Cli;

/// <summary>The engine that an option or the environment asks for.</summary>
internal static class EngineOption
{
    /// <summary>The option.</summary>
    public static Option<string?> New() => new("--engine")
    {
        Description = $"cpu or torch; by default {EngineVariable.Name}, else torch where this build has it and its device works.",
        HelpName = "ENGINE",
    };

    /// <summary>Opens the engine and tells in a line which it is.</summary>
    /// <param name="engines">Of this build.</param>
    /// <param name="given">The value of <c>--engine</c>; null where it was not given.</param>
    /// <param name="console">Knows the environment.</param>
    /// <exception cref="CommandFailedException">There is no such engine, or it was asked for by name and cannot be had.</exception>
    public static ChosenEngine Open(BuiltEngines engines, string? given, CliConsole console)
    {
        (string source, string? value) = given is null ? (EngineVariable.Name, console.Variable(EngineVariable.Name)) : ("--engine", given);
        try
        {
            ChosenEngine chosen = engines.Choose(EngineVariable.Parse(value), source);
            console.Line(chosen.InWords, Tone.Faint);
            return chosen;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CommandFailedException(ExitCode.BadInput, $"{source} is \"{value}\"; allowed: {EngineVariable.Allowed}.");
        }
        catch (NotSupportedException exception)
        {
            throw new CommandFailedException(ExitCode.BadInput, exception.Message, exception);
        }
    }
}

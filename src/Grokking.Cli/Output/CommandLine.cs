using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Grokking.Configuration;
using Grokking.Store;
using Grokking.Tasks;

namespace Grokking.Cli.Output;

/// <summary>Runs one command of the tool and turns whatever ends it into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Set to anything, an internal error is shown with where it happened.</summary>
    public const string TraceVariable = "GROKKING_TRACE";

    /// <summary>How the name of an argument ends that takes keys of an experiment.</summary>
    public const string KeyValue = "key=value";

    private const string Description = "Trains the claims of the grokking papers, keeps their runs, and looks at them.";

    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">As the user typed them, without the tool's name.</param>
    /// <param name="console">Where everything is said.</param>
    /// <param name="commands">What the tool can do.</param>
    /// <param name="cancellationToken">The user's wish to stop.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments, CliConsole console, IReadOnlyList<Command> commands, CancellationToken cancellationToken)
    {
        var root = new RootCommand(Description);
        foreach (Command command in commands)
        {
            root.Add(command);
        }

        // A file of arguments behind an "@" would make a name that begins with one unspeakable.
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction || MistypedOption(parsed) is not null)
        {
            return (int)Refuse(parsed, console);
        }

        try
        {
            // Signals are the caller's, so the library's own handling and its two seconds are off; so is its printing of stack traces.
            var configuration = new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException failure)
        {
            console.ErrorLine(failure.Message, failure.Code == ExitCode.Interrupted ? Tone.Strong : Tone.Bad);
            return (int)failure.Code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.ErrorLine("Stopped. What was finished is kept.", Tone.Strong);
            return (int)ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            console.ErrorLine(exception.Message, Tone.Bad);
            return (int)CodeOf(exception);
        }
        catch (Exception exception)
        {
            console.ErrorLine($"Internal error, a mistake in grok: {exception.GetType().Name}: {exception.Message}", Tone.Bad);
            if (string.IsNullOrEmpty(console.Variable(TraceVariable)))
            {
                console.ErrorLine($"{TraceVariable}=1 shows where it happened.");
            }
            else
            {
                console.Error.WriteLine(exception.StackTrace);
            }

            return (int)ExitCode.InternalError;
        }
    }

    /// <summary>The code of a machine's refusal, of files that a configuration asks for and that are not there, or of a result that is not what it was.</summary>
    public static ExitCode CodeOf(Exception exception) => exception switch
    {
        DifferentBitsException => ExitCode.NotReproducible,
        IdxException => ExitCode.BadInput,
        _ => ExitCode.InternalError,
    };

    // One line: what is wrong, what was perhaps meant, where to read on.
    private static ExitCode Refuse(ParseResult parsed, CliConsole console)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        string wrong =
            MistypedOption(parsed) is { } option ? Unknown(option, command) :
            parsed.UnmatchedTokens is [string token, ..] ? Unknown(token, command) :
            command.Action is null && command.Subcommands.Count > 0 ? $"A command is needed: {string.Join(", ", CommandsIn(command))}." :
            parsed.Errors[0].Message;
        console.ErrorLine($"{wrong} See: {path} --help", Tone.Bad);
        return ExitCode.BadInput;
    }

    // A command that takes any number of arguments would take it as one of them; behind a bare "--" that is what is meant.
    private static string? MistypedOption(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    private static string Unknown(string token, Command command)
    {
        if (command.Arguments.Any(argument => argument.Name.EndsWith(KeyValue, StringComparison.Ordinal))
            && token.TrimStart('-').Split('=', 2) is [string key, .. string[] value] && ExperimentKeys.Has(key))
        {
            return $"\"{token}\" is no option; a key of the experiment is set without dashes: {key}={(value is [string text] ? text : "VALUE")}.";
        }

        (string kind, string[] known) = token.StartsWith('-')
            ? ("option", [.. command.Options.Select(option => option.Name)])
            : ("command", CommandsIn(command));
        return known.Length == 0
            ? $"\"{token}\" is one argument too many."
            : $"\"{token}\" is no {kind}; did you mean {NearestName.To(token, known)}? There are: {string.Join(", ", known)}.";
    }

    private static string[] CommandsIn(Command command) => [.. command.Subcommands.Select(each => each.Name)];

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "grok";
}

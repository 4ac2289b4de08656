using System.CommandLine;

namespace Grokking.Cli.Output;

/// <summary>A command as its user typed it.</summary>
internal static class TypedCommand
{
    /// <summary>The line to type again, for a POSIX shell.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="command">Another command to type in its place; null for the same.</param>
    public static string Again(ParseResult parsed, string? command = null) =>
        string.Join(' ', ["grok", command ?? parsed.CommandResult.Command.Name, .. parsed.Tokens.Skip(1).Select(token => Quoted(token.Value))]);

    /// <summary>What to type after a stop.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="anew">Whether its runs begin at their first step each time.</param>
    public static string ToGoOn(ParseResult parsed, bool anew) => $"To {(anew ? "begin anew" : "go on")}: {Again(parsed)}";

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(unit => char.IsAsciiLetterOrDigit(unit) || "-_=.,:/+@%".Contains(unit, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

using Grokking.Claims;
using Grokking.Cli.Output;

namespace Grokking.Cli;

/// <summary>The tier that an option or the environment asks for.</summary>
internal static class TierOption
{
    /// <summary>The tier.</summary>
    /// <param name="given">The value of <c>--tier</c>; null where it was not given.</param>
    /// <param name="console">Knows the environment.</param>
    /// <exception cref="CommandFailedException">There is no such tier.</exception>
    public static Tier Of(string? given, CliConsole console)
    {
        string? value = given ?? console.Variable(TierVariable.Name);
        try
        {
            return TierVariable.Parse(value);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CommandFailedException(
                ExitCode.BadInput, $"{(given is null ? TierVariable.Name : "--tier")} is \"{value}\"; allowed: {TierVariable.Allowed}.");
        }
    }
}

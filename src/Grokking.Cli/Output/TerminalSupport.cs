namespace Grokking.Cli.Output;

/// <summary>What a stream's reader can make of escape sequences.</summary>
/// <param name="Redraws">A terminal on which lines can be drawn again.</param>
/// <param name="Styles">Colours and weights are wanted as well.</param>
internal sealed record TerminalSupport(bool Redraws, bool Styles)
{
    /// <summary>A file, a pipe, or a terminal that knows text only.</summary>
    public static TerminalSupport TextOnly { get; } = new(Redraws: false, Styles: false);

    /// <summary>
    /// A pipe never gets an escape sequence, whatever TERM says; a job of continuous integration is never redrawn; NO_COLOR (any value but
    /// the empty one, https://no-color.org) turns every style off, not only colours.
    /// </summary>
    /// <param name="isRedirected">Whether the stream is something else than a terminal.</param>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
    public static TerminalSupport Of(bool isRedirected, Func<string, string?> variable)
    {
        bool isDumb = string.Equals(variable("TERM"), "dumb", StringComparison.Ordinal)
            || (string.IsNullOrEmpty(variable("TERM")) && !OperatingSystem.IsWindows());
        return isRedirected || isDumb
            ? TextOnly
            : new TerminalSupport(Redraws: string.IsNullOrEmpty(variable("CI")), Styles: string.IsNullOrEmpty(variable("NO_COLOR")));
    }
}

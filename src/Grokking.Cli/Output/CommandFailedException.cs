namespace Grokking.Cli.Output;

/// <summary>Ends a command with one line for the user and an exit code. The message says what is wrong and what is allowed or to be done.</summary>
/// <param name="code">Not <see cref="ExitCode.Success"/>.</param>
/// <param name="message">One sentence; shown as it is, control characters made harmless.</param>
/// <param name="cause">What went wrong below; null where nothing did.</param>
internal sealed class CommandFailedException(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the process ends with.</summary>
    public ExitCode Code { get; } = code;
}

using System.CommandLine;
using System.Globalization;
using Grokking.Cli.Output;
using Grokking.Laboratory;

namespace Grokking.Cli;

/// <summary>The options that every command which trains has.</summary>
internal static class RunOptions
{
    /// <summary>How many runs train at once.</summary>
    public static Option<int?> Workers() => new("--workers", "-j") { Description = "How many runs train at once; by default one per processor.", HelpName = "N" };

    /// <summary>The number, in its range.</summary>
    /// <exception cref="CommandFailedException">It is outside.</exception>
    public static int? CheckWorkers(int? workers) =>
        workers is null or (>= 1 and <= TrainingLaboratory.MaxWorkers)
            ? workers
            : throw new CommandFailedException(
                ExitCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"--workers is {workers}; allowed: 1 to {TrainingLaboratory.MaxWorkers}."));
}

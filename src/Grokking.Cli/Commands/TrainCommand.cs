using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Cli.Sweeps;
using Grokking.Training;

namespace Grokking.Cli.Commands;

/// <summary><c>grok train</c>: one experiment, a preset's with whatever differs from it.</summary>
internal static class TrainCommand
{
    /// <summary>On the managed engine.</summary>
    public static Command Create(CliConsole console) => Create(console, new CpuEngine());

    /// <summary>On any engine.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engine">Trains what is not in the store.</param>
    internal static Command Create(CliConsole console, ITrainingEngine engine) =>
        new SweepAction(console, engine).CommandNamed("train", "Trains one experiment.", isSingle: true);
}

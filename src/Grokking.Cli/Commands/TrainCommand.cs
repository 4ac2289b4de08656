using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Cli.Sweeps;
using Grokking.Laboratory;

namespace Grokking.Cli.Commands;

/// <summary><c>grok train</c>: one experiment, a preset's with whatever differs from it.</summary>
internal static class TrainCommand
{
    /// <summary>On an engine of this build.</summary>
    public static Command Create(CliConsole console) => Create(console, TorchSwitch.Engines);

    /// <summary>On any engine.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engines">Of which one trains what is not in the store.</param>
    internal static Command Create(CliConsole console, BuiltEngines engines) =>
        new SweepAction(console, engines).CommandNamed("train", "Trains one experiment.", isSingle: true);
}

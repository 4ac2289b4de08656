using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Cli.Sweeps;
using Grokking.Laboratory;

namespace Grokking.Cli.Commands;

/// <summary><c>grok sweep</c>: all combinations of lists of values.</summary>
internal static class SweepCommand
{
    /// <summary>On an engine of this build.</summary>
    public static Command Create(CliConsole console) => Create(console, TorchSwitch.Engines);

    /// <summary>On any engine.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engines">Of which one trains what is not in the store.</param>
    internal static Command Create(CliConsole console, BuiltEngines engines) =>
        new SweepAction(console, engines).CommandNamed(
            "sweep", "Trains all combinations of lists and ranges of values, e.g. wd=0,0.1,1 seed=0..9.", isSingle: false);
}

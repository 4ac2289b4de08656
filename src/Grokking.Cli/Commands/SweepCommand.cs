using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Cli.Sweeps;
using Grokking.Training;

namespace Grokking.Cli.Commands;

/// <summary><c>grok sweep</c>: all combinations of lists of values.</summary>
internal static class SweepCommand
{
    /// <summary>On the managed engine.</summary>
    public static Command Create(CliConsole console) => Create(console, new CpuEngine());

    /// <summary>On any engine.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engine">Trains what is not in the store.</param>
    internal static Command Create(CliConsole console, ITrainingEngine engine) =>
        new SweepAction(console, engine).CommandNamed(
            "sweep", "Trains all combinations of lists and ranges of values, e.g. wd=0,0.1,1 seed=0..9.", isSingle: false);
}

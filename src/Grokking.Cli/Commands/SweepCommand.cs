using System.CommandLine;
using Grokking.Cli.Output;
using Grokking.Cli.Sweeps;
using Grokking.Training;

namespace Grokking.Cli.Commands;

/// <summary><c>grok sweep</c>: all combinations of lists of values.</summary>
internal static class SweepCommand
{
    /// <summary>On the managed engine.</summary>
    public static Command Create(CliConsole console) => Create(console, _ => new CpuEngine());

    /// <summary>On any engine.</summary>
    /// <param name="console">Where everything is said.</param>
    /// <param name="engineFor">The engine that the options ask for.</param>
    internal static Command Create(CliConsole console, Func<ParseResult, ITrainingEngine> engineFor) =>
        new SweepAction(console, engineFor).CommandNamed(
            "sweep", "Trains all combinations of lists and ranges of values, e.g. wd=0,0.1,1 seed=0..9.", isSingle: false);
}

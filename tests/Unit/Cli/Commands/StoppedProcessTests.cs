using System.Reflection;
using Grokking.Tests.Soak.Trials;
using Grokking.Tests.Unit.Store;
using Grokking.Tests.Unit.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

/// <summary>The tool as a process that is told to stop while it trains. No other test runs beside these: how soon it stops is measured.</summary>
[Trait("Category", "Unit")]
[Collection(nameof(Alone))]
public sealed class StoppedProcessTests
{
    private static readonly string s_grok = typeof(StoppedProcessTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "GrokProgram", StringComparison.Ordinal)).Value!;

    [UnixFact]
    public void Train_sweep_and_claims_stop_within_two_seconds_and_go_on_with_the_same_bits() =>
        StopTrials.Try(s_grok, stops: 6, StopTrials.Interrupt, StopTrials.Terminate, StopTrials.HangUp);
}

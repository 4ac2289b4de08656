using Grokking.Claims;
using Grokking.Cli.Output;
using Grokking.Reporting;

namespace Grokking.Cli.Trials;

/// <summary>What became of one claim: its verdict, or what kept it from one.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Row">Its row in the table.</param>
/// <param name="Judged">The claim held against its runs; null where it has no verdict.</param>
/// <param name="Failure">What kept it from a verdict; null where it has one.</param>
internal sealed record ClaimTrial(Claim Claim, ClaimResult Row, ClaimRun? Judged, Exception? Failure)
{
    /// <summary>Why it has no verdict, on one line; null where it has one.</summary>
    public string? Error => Failure is null ? null : Printable.Line($"{Failure.GetType().Name}: {Failure.Message}");

    /// <summary>What a process ends with that tried this claim alone.</summary>
    public ExitCode Code => (Judged, Failure) switch
    {
        ({ Passes: true }, _) => ExitCode.Success,
        ({ }, _) => ExitCode.DoesNotHold,
        (_, { } failure) => CommandLine.CodeOf(failure),
        _ => ExitCode.InternalError,
    };

    /// <summary>One line for each part of the claim: what was required, what was measured.</summary>
    public IReadOnlyList<string> Evidence =>
        [.. (Judged?.Verdict.Evidence ?? []).Select(finding => $"{(finding.Holds ? "held   " : "FAILED ")} {finding.Statement}: {finding.Measured}")];
}

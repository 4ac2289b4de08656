namespace Grokking.Cli.Output;

/// <summary>What the tool tells its caller. Numbers that a shell already gives a meaning keep it.</summary>
internal enum ExitCode
{
    /// <summary>Done, and everything asked for holds.</summary>
    Success = 0,

    /// <summary>A mistake of the tool, or a machine that failed it.</summary>
    InternalError = 1,

    /// <summary>At least one claim does not hold, or a regression was found.</summary>
    DoesNotHold = 2,

    /// <summary>Stopped by the user; the same command goes on from there.</summary>
    Interrupted = 3,

    /// <summary>An argument, an option or a configuration that cannot be used.</summary>
    BadInput = 5,

    /// <summary>The store held damaged runs; they are in quarantine.</summary>
    StoreDamaged = 6,

    /// <summary>The same experiment on the same engine gave other bits.</summary>
    NotReproducible = 7,

    /// <summary>A filter or a name matched nothing.</summary>
    NothingMatched = 8,

    /// <summary>A second Ctrl+C: stopped at once.</summary>
    KilledByInterrupt = 130,

    /// <summary>A second SIGTERM: stopped at once.</summary>
    KilledByTermination = 143,
}

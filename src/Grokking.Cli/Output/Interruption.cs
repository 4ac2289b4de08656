using System.Runtime.InteropServices;

namespace Grokking.Cli.Output;

/// <summary>
/// Turns the first Ctrl+C, SIGTERM, SIGHUP or SIGQUIT into a cancelled token, so that what trains can keep a checkpoint and end; the second ends the
/// process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action<ExitCode> _exit;
    private readonly List<PosixSignalRegistration> _registrations;

    /// <summary>Listens until it is disposed of.</summary>
    /// <param name="exit">Ends the process.</param>
    public Interruption(Action<ExitCode> exit)
    {
        _exit = exit;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
                .Select(signal => PosixSignalRegistration.Create(signal, Handle)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    internal void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            _exit(context.Signal == PosixSignal.SIGTERM ? ExitCode.KilledByTermination : ExitCode.KilledByInterrupt);
        }
        else
        {
            // What is cancelled may take a while to end; the second signal must not wait for it.
            _ = _source.CancelAsync();
        }
    }
}

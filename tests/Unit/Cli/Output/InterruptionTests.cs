using System.Runtime.InteropServices;
using Grokking.Cli.Output;

namespace Grokking.Tests.Unit.Cli.Output;

[Trait("Category", "Unit")]
public sealed class InterruptionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(PosixSignal.SIGINT, ExitCode.KilledByInterrupt)]
    [InlineData(PosixSignal.SIGTERM, ExitCode.KilledByTermination)]
    [InlineData(PosixSignal.SIGHUP, ExitCode.KilledByInterrupt)]
    [InlineData(PosixSignal.SIGQUIT, ExitCode.KilledByInterrupt)]
    public void The_first_signal_asks_and_the_second_ends(PosixSignal signal, object code)
    {
        List<ExitCode> ended = [];
        using var interruption = new Interruption(ended.Add);
        var first = new PosixSignalContext(signal);
        var second = new PosixSignalContext(signal);

        interruption.Handle(first);
        Assert.True(SpinWait.SpinUntil(() => interruption.Token.IsCancellationRequested, s_patience));
        Assert.Empty(ended);
        interruption.Handle(second);

        Assert.True(first.Cancel && second.Cancel);
        Assert.Equal([(ExitCode)code], ended);
    }

    [Fact]
    public void The_second_signal_does_not_wait_for_what_the_first_one_stops()
    {
        using var stopped = new ManualResetEventSlim();
        List<ExitCode> ended = [];
        using var interruption = new Interruption(ended.Add);
        interruption.Token.Register(() => stopped.Wait(s_patience));

        interruption.Handle(new PosixSignalContext(PosixSignal.SIGINT));
        interruption.Handle(new PosixSignalContext(PosixSignal.SIGINT));
        stopped.Set();

        Assert.Equal([ExitCode.KilledByInterrupt], ended);
    }
}

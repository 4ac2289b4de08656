using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Tests.Soak.Processes;
using Grokking.Training;

namespace Grokking.Tests.Soak;

/// <summary>The other end of <see cref="ChildProcess"/>: obeys one order a line until its input ends.</summary>
internal static class Child
{
    // As often as a disk can: a kill is to meet every operation of the store.
    private static readonly CheckpointPace s_pace = new(TimeSpan.FromTicks(1), 0.5);

    public static int Obey(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is string line)
        {
            var order = Order.FromLine(line);
            Thread.Sleep(order.DelayMilliseconds);
            Experiment[] experiments = [.. order.Experiments()];
            new Random(order.Shuffle).Shuffle(experiments);
            var engine = new StoringEngine(new CpuEngine(), new RunStore(order.Store), pace: s_pace);
            output.WriteLine(ChildProcess.Begun);
            foreach (Experiment experiment in experiments)
            {
                engine.Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
            }

            output.WriteLine(ChildProcess.Done);
        }

        return 0;
    }
}

using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;

namespace Grokking.Tests.Torch;

/// <summary>Nothing that a step gives to native code is freed by a garbage collection while it is read there.</summary>
[Trait("Category", "Torch")]
[Collection(nameof(Alone))]
public sealed class CollectionTests
{
    private const int Turns = 400;
    private const int StepsPerTurn = 4;

    private static readonly Experiment s_experiment = TinyExperiments.Add with
    {
        Task = Operations.Add with { Modulus = 31 },
        Optimizer = new AdamW { LearningRate = 2e-3 },
        BatchSize = 128,
        ClipNorm = 1,
        Steps = Turns * StepsPerTurn,
    };

    // With numbers that nothing held, one turn in forty ended by an exception.
    [Theory]
    [InlineData(BackwardPass.Autograd)]
    [InlineData(BackwardPass.Derived)]
    public void Steps_survive_a_collection_every_millisecond(BackwardPass backward)
    {
        EnsembleRun[] runs = [.. Enumerable.Range(0, 4).Select(seed => new EnsembleRun(s_experiment with { Seed = (ulong)seed }))];
        using var ensemble = new Ensemble(runs[0], TestDevice.Value, backward);
        ensemble.Join([.. runs.Select(Start)]);
        using var ended = new ManualResetEventSlim();
        var collector = new Thread(() =>
        {
            while (!ended.Wait(millisecondsTimeout: 1))
            {
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            }
        });
        collector.Start();
        try
        {
            for (int turn = 0; turn < Turns; turn++)
            {
                ensemble.Advance(StepsPerTurn);
            }
        }
        finally
        {
            ended.Set();
            collector.Join();
        }

        Assert.All(ensemble.Evaluate(runs), point => Assert.True(point.IsAlive));
    }

    private static (EnsembleRun Run, RunBuffers Buffers, float[] Initial) Start(EnsembleRun run)
    {
        RunBuffers buffers = run.Draw();
        return (run, buffers, [.. buffers.Parameters]);
    }
}

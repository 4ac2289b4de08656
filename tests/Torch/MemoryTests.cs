using Grokking.Optimizers;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Grokking.Tests.Torch;

/// <summary>A long run takes no more memory at its end than when it had warmed up.</summary>
[Trait("Category", "Torch")]
[Collection(nameof(Alone))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Steps = 10_000;
    private const int StepsPerTurn = 16;
    private const int WarmUpTurns = 300;
    private const int TurnsPerEvaluation = 25;

    // A tensor of a kilobyte that each step left behind would come to ten times a megabyte.
    private const long MaxBytes = 8 << 20;

    private static readonly Experiment s_long = TinyExperiments.Add with
    {
        Model = TinyExperiments.Transformer with { DModel = 8 },
        Optimizer = new AdamW { LearningRate = 2e-3 },
        BatchSize = 5,
        ClipNorm = 1,
        Steps = 2 * Steps,
        EvaluationGrowth = 2,
        Stopping = StoppingRule.AtBudget,
    };

    [Fact]
    public void Ten_thousand_steps_leave_nothing_behind()
    {
        (long tensors, long bytes) = Grow(static () => { });

        output.WriteLine(FormattableString.Invariant($"{tensors} tensors, {bytes / 1024} KiB"));
        Assert.Equal(0, tensors);
        Assert.True(bytes <= MaxBytes, FormattableString.Invariant($"{bytes} bytes more after {Steps} steps, allowed: {MaxBytes}."));
    }

    [Fact]
    public void A_tensor_that_every_turn_left_behind_would_be_noticed()
    {
        List<Tensor> left = [];
        try
        {
            (long tensors, long bytes) = Grow(() => left.Add(ones(16_384)));

            output.WriteLine(FormattableString.Invariant($"{tensors} tensors, {bytes / 1024} KiB"));
            Assert.Equal(Steps / StepsPerTurn, tensors);
            Assert.True(bytes > MaxBytes, FormattableString.Invariant($"{bytes} bytes more, of which {MaxBytes} would pass unnoticed."));
        }
        finally
        {
            left.ForEach(tensor => tensor.Dispose());
        }
    }

    // What live tensors and resident memory grow by while the steps are made, the warm-up aside.
    private static (long Tensors, long Bytes) Grow(Action afterTurn)
    {
        var run = new EnsembleRun(s_long);
        using var ensemble = new Ensemble(run, TestDevice.Value);
        RunBuffers start = run.Draw();
        ensemble.Join([(run, start, [.. start.Parameters])]);
        Turns(WarmUpTurns, static () => { });
        (long tensors, long bytes) = Now();
        Turns(Steps / StepsPerTurn, afterTurn);
        (long laterTensors, long laterBytes) = Now();
        return (laterTensors - tensors, laterBytes - bytes);

        void Turns(int count, Action after)
        {
            for (int turn = 0; turn < count; turn++)
            {
                ensemble.Advance(StepsPerTurn);
                if (turn % TurnsPerEvaluation == 0)
                {
                    ensemble.Evaluate([run]);
                    ensemble.Copy(run);
                }

                after();
            }
        }
    }

    private static (long Tensors, long Bytes) Now()
    {
        // What the collector holds in reserve goes back too; it grows with the first thousands of steps and then stays.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.WorkingSet);
    }
}

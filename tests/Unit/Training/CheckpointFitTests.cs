using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class CheckpointFitTests
{
    // Evaluated at 0, 1, 2, 3, 5, 8, 12, 18 and 20.
    private static readonly Experiment s_experiment = TinyExperiments.Add with { EvaluationGrowth = 1.5 };

    private static readonly Checkpoint s_checkpoint = KeptAtNine();

    public static TheoryData<Checkpoint, string, string> Misfits { get; } = new()
    {
        { s_checkpoint with { Step = -1, Points = [] }, "step", "is -1 but must be 0 to 20" },
        { s_checkpoint with { Step = 13 }, "points", "lack the one of step 12, at step 13" },
        { s_checkpoint with { Step = 7 }, "points", "have step 8 where step 8 of the grid was due, at step 7" },
        { s_checkpoint with { Points = [] }, "points", "lack the one of step 0" },
        { s_checkpoint with { Points = [.. s_checkpoint.Points.Skip(1)] }, "points", "have step 1 where step 0 of the grid was due" },
        { s_checkpoint with { Points = [.. s_checkpoint.Points, s_checkpoint.Points[^1]] }, "points", "have step 8 where step 12" },
        { s_checkpoint with { Points = [s_checkpoint.Points[0] with { ValLoss = double.NaN }] }, "points", "are not finite at step 0" },
        { Without("blocks.0.W_K"), "blocks.0.W_K", "is missing" },
        { Without("optimizer.v"), "optimizer.v", "is missing" },
        { With(new NamedTensor("optimizer.velocity", [1], new float[1])), "optimizer.velocity", "is unknown" },
        { With(s_checkpoint.Tensors[0]), "W_E", "is there twice" },
        { Replaced("W_E", tensor => tensor with { Shape = [16, 7] }), "W_E", "has shape (16, 7) but must have (7, 16)" },
        { Replaced("W_E", tensor => tensor with { Shape = [112] }), "W_E", "has shape (112) but must have (7, 16)" },
        { Replaced("W_E", tensor => tensor with { Values = new float[111] }), "W_E", "has 111 values but must have 112" },
    };

    [Fact]
    public void A_checkpoint_of_the_experiment_fits() => Resume(s_experiment, s_checkpoint);

    [Fact]
    public void The_order_of_the_tensors_does_not_matter() =>
        Resume(s_experiment, s_checkpoint with { Tensors = [.. s_checkpoint.Tensors.Reverse()] });

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void A_checkpoint_that_does_not_fit_is_refused_by_what_is_wrong(Checkpoint checkpoint, string part, string problem)
    {
        CheckpointMismatchException error =
            Assert.Throws<CheckpointMismatchException>(() => Resume(s_experiment, checkpoint));

        Assert.Equal(part, error.Part);
        Assert.Contains(part + " " + problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_experiments_checkpoint_is_refused()
    {
        Assert.Throws<CheckpointMismatchException>(() => Resume(s_experiment with { Steps = 8 }, s_checkpoint));
        Assert.Throws<CheckpointMismatchException>(() => Resume(s_experiment with { EvaluationGrowth = 1.4 }, s_checkpoint));
        Assert.Throws<CheckpointMismatchException>(() => Resume(s_experiment with { Optimizer = new Sgd() }, s_checkpoint));
        Assert.Throws<CheckpointMismatchException>(
            () => Resume(s_experiment with { Model = TinyExperiments.Transformer with { NLayers = 2 } }, s_checkpoint));
    }

    [Fact]
    public void A_checkpoint_that_goes_on_after_the_end_of_its_run_is_refused()
    {
        CurvePoint generalized = s_checkpoint.Points[^1] with { TrainAccuracy = 1, ValAccuracy = 1 };
        Checkpoint checkpoint = s_checkpoint with { Points = [.. s_checkpoint.Points.SkipLast(1), generalized] };

        Resume(s_experiment, checkpoint);
        Assert.Throws<CheckpointMismatchException>(
            () => Resume(s_experiment with { Stopping = StoppingRule.WhenGeneralized }, checkpoint));
    }

    [Fact]
    public void A_refusal_changes_nothing_of_the_run()
    {
        var run = new TrainingRun(s_experiment);
        float[] before = run.Parameters.ToArray();

        Assert.Throws<CheckpointMismatchException>(() => run.Restore(9, Without("optimizer.v").Tensors));
        Assert.Throws<CheckpointMismatchException>(() => run.Restore(21, s_checkpoint.Tensors));

        Assert.Equal(0, run.Step);
        Assert.Equal(before, run.Parameters.ToArray());
    }

    private static Checkpoint KeptAtNine()
    {
        var kept = new KeptCheckpoints { Due = step => step == 9 };
        new CpuEngine().Train(s_experiment, progress: null, kept, CancellationToken.None);
        return kept.Saved[0];
    }

    private static Checkpoint Without(string name) =>
        s_checkpoint with { Tensors = [.. s_checkpoint.Tensors.Where(tensor => !string.Equals(tensor.Name, name, StringComparison.Ordinal))] };

    private static Checkpoint With(NamedTensor tensor) => s_checkpoint with { Tensors = [.. s_checkpoint.Tensors, tensor] };

    private static Checkpoint Replaced(string name, Func<NamedTensor, NamedTensor> replace) => s_checkpoint with
    {
        Tensors = [.. s_checkpoint.Tensors.Select(tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal) ? replace(tensor) : tensor)],
    };

    private static void Resume(Experiment experiment, Checkpoint checkpoint) =>
        new CpuEngine().Train(experiment, progress: null, new KeptCheckpoints { Start = checkpoint }, CancellationToken.None);
}

using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Tests.Probe;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class ResumeTests
{
    // Evaluated at 0, 1, 2, 3, 5, 8, 12, 18 and 20; epochs of 4 batches.
    private static readonly Experiment s_plain = TinyExperiments.Add with { EvaluationGrowth = 1.5, BatchSize = 4 };

    public static TheoryData<string, Experiment> Variations { get; } = new()
    {
        { "AdamW", s_plain },
        { "decay to the initialisation", With(new AdamW { DecayTarget = DecayTarget.Initialization }) },
        { "decay in the gradient", With(new AdamW { DecayTarget = DecayTarget.Gradient }) },
        { "update noise", With(new AdamW { UpdateNoise = 1 }) },
        { "SGD", With(new Sgd()) },
        { "SGD with momentum", With(new Sgd { Momentum = 0.9, WeightDecay = 0.1 }) },
        { "SGD with look-ahead and noise", With(new Sgd { Momentum = 0.9, Nesterov = true, UpdateNoise = 0.1 }) },
        { "a user's rule without memory", With(new CountingOptimizer { LearningRate = 0.1 }) },
        { "weight noise", s_plain with { WeightNoise = 0.01 } },
        { "dropout", s_plain with { Model = TinyExperiments.Transformer with { Dropout = 0.1 } } },
        { "clipping", s_plain with { ClipNorm = 1e-3 } },
        { "even batches", s_plain with { Batches = BatchRule.Even } },
        { "full batch", s_plain with { Batches = BatchRule.Full } },
        { "a last batch of one", s_plain with { BatchSize = 7 } },
        { "openai code", s_plain with { Convention = SequenceConvention.OpenAICode } },
        { "learned positions, GELU, biases, two pre-norm layers", s_plain with { Model = Rich } },
        { "no norm, started as Nanda et al.", s_plain with { Model = Bare } },
        { "warm-up and annealing", s_plain with { Schedule = new() { WarmupSteps = 4, AnnealedAtStep = 15 } } },
        { "outliers", s_plain with { Outliers = 5 } },
        { "a sample of the evaluation", s_plain with { EvaluationSample = 3 } },
        { "MLP of one-hot vectors", Watched(TinyExperiments.OneHotMlp) },
        { "MLP with templates and two rules", Watched(TinyExperiments.TemplateMlp) },
        { "MLP with StableMax and an orthogonal gradient", Watched(TinyExperiments.StableMlp) },
        { "MLP of separate embeddings", Watched(TinyExperiments.SeparateMlp) },
        { "MLP of vectors from a scaled start that decays back to it", Watched(TinyExperiments.TeacherMlp) },
        { "MLP of vectors that starts at zero with a frozen readout at a constant norm", Watched(TinyExperiments.CommitteeMlp) },
        { "diagonal network", Watched(TinyExperiments.Diagonal) },
        { "diagonal network with wrong labels", Watched(TinyExperiments.Diagonal) with { Outliers = 6, Batches = BatchRule.Paper } },
        { "transformer with StableMax, an orthogonal gradient, tanh", s_plain with { Loss = LossKind.StableMax, OrthogonalGradient = true, Model = Tanh } },
        { "ends when generalised", TinyExperiments.First with { EvaluationGrowth = 2, Steps = 60, Stopping = StoppingRule.WhenGeneralized } },
        { "ends in divergence", With(new AdamW { LearningRate = 1e30 }) },
    };

    private static TransformerConfig Rich => TinyExperiments.Transformer with
    {
        NLayers = 2,
        Norm = NormPlacement.Pre,
        FinalNorm = true,
        Positions = PositionKind.Learned,
        AttentionBiases = true,
        MlpBiases = true,
        UnembedBias = true,
        Activation = ActivationKind.Gelu,
    };

    private static TransformerConfig Tanh => TinyExperiments.Transformer with { Activation = ActivationKind.Tanh };

    private static TransformerConfig Bare => TinyExperiments.Transformer with { Norm = NormPlacement.None, Initialization = InitializationKind.InverseSqrtWidth };

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void A_run_resumed_at_any_step_has_the_bits_of_the_unbroken_one(string variation, Experiment experiment)
    {
        TrainedRun unbroken = TinyExperiments.Train(experiment);
        var kept = new KeptCheckpoints();
        TrainedRun watched = Train(experiment, kept);

        Assert.Equal(RunFingerprint.Of(unbroken), RunFingerprint.Of(watched));
        Assert.Equal((RunOrigin.Trained, RunOrigin.Trained), (unbroken.Origin, watched.Origin));
        Assert.NotEmpty(kept.Saved);
        foreach (Checkpoint checkpoint in kept.Saved.Append(AtTheStart(experiment)))
        {
            TrainedRun resumed = Resume(experiment, checkpoint);

            Assert.True(RunFingerprint.Of(unbroken) == RunFingerprint.Of(resumed), $"{variation}, resumed at step {checkpoint.Step}");
            Assert.Equal(unbroken.Curve.Outcome, resumed.Curve.Outcome);
            Assert.Equal(RunOrigin.Resumed, resumed.Origin);
        }
    }

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void A_run_cancelled_at_any_step_is_kept_and_goes_on_with_the_bits_of_the_unbroken_one(string variation, Experiment experiment)
    {
        TrainedRun unbroken = TinyExperiments.Train(experiment);
        int end = Math.Min(experiment.Steps, unbroken.Curve.LastStep);
        for (int step = 1; step < end; step++)
        {
            Checkpoint left = CancelAfter(experiment, step);

            Assert.Equal(step + 1, left.Step);
            Assert.True(RunFingerprint.Of(unbroken) == RunFingerprint.Of(Resume(experiment, left)), $"{variation}, cancelled after step {step}");
        }
    }

    [Fact]
    public void A_run_that_is_broken_every_other_step_has_the_bits_of_the_unbroken_one()
    {
        Checkpoint? latest = null;
        for (int step = 1; step < s_plain.Steps; step += 2)
        {
            latest = CancelAfter(s_plain, step, latest);
        }

        Assert.Equal(RunFingerprint.Of(TinyExperiments.Train(s_plain)), RunFingerprint.Of(Resume(s_plain, latest!)));
    }

    [Fact]
    public void A_checkpoint_at_the_last_step_goes_on_to_the_same_end_with_and_without_the_last_evaluation()
    {
        TrainedRun unbroken = TinyExperiments.Train(s_plain);
        Checkpoint before = CancelAfter(s_plain, s_plain.Steps - 1);
        Checkpoint after = before with { Points = unbroken.Curve.Points };

        Assert.Equal(s_plain.Steps, before.Step);
        Assert.Equal(unbroken.Curve.Points.SkipLast(1), before.Points);
        Assert.Equal(RunFingerprint.Of(unbroken), RunFingerprint.Of(Resume(s_plain, before)));
        Assert.Equal(RunFingerprint.Of(unbroken), RunFingerprint.Of(Resume(s_plain, after)));
    }

    [Fact]
    public void A_checkpoint_is_asked_for_before_each_update_and_kept_when_it_is_due()
    {
        List<int> asked = [];
        var kept = new KeptCheckpoints { Due = step => Note(asked, step) % 8 == 0 };

        Train(s_plain, kept);

        Assert.Equal(Enumerable.Range(1, 19), asked);
        Assert.Equal([8, 16], kept.Saved.Select(checkpoint => checkpoint.Step));
        Assert.Equal([0, 1, 2, 3, 5, 8], kept.Saved[0].Points.Select(point => point.Step));
    }

    [Fact]
    public void A_resumed_run_is_not_kept_again_before_it_has_made_a_step()
    {
        Checkpoint middle = KeptAt(s_plain, 9);
        List<int> asked = [];

        Train(s_plain, new KeptCheckpoints { Start = middle, Due = step => Note(asked, step) < 0 });

        Assert.Equal(Enumerable.Range(10, 10), asked);
    }

    [Fact]
    public void A_resumed_run_tells_where_it_goes_on_and_then_its_new_evaluations()
    {
        var told = new RecordedProgress();
        var kept = new KeptCheckpoints { Start = KeptAt(s_plain, 9) };

        TrainedRun run = new CpuEngine().Train(s_plain, told, kept, CancellationToken.None);

        Assert.Equal([9, 12, 18, 20], told.Reports.Select(report => report.Step));
        Assert.Equal(run.Curve.Points.TakeLast(4), told.Reports.Select(report => report.Latest));
    }

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void A_run_can_be_taken_back_to_where_it_was(string variation, Experiment experiment)
    {
        if (variation.StartsWith("ends", StringComparison.Ordinal))
        {
            return;
        }

        var run = new TrainingRun(experiment);
        var once = new TrainingRun(experiment);
        Step(run, 5);
        IReadOnlyList<NamedTensor> there = run.CopyTensors();
        Step(run, 4);
        run.Evaluate();
        run.Restore(5, there);
        Step(run, 2);
        Step(once, 7);

        Assert.True(once.Parameters.Span.SequenceEqual(run.Parameters.Span), variation);
        Assert.Equal(once.Evaluate(), run.Evaluate());
    }

    [Fact]
    public void A_run_cancelled_beforehand_is_not_kept()
    {
        var kept = new KeptCheckpoints();

        Assert.Throws<OperationCanceledException>(
            () => new CpuEngine().Train(s_plain, progress: null, kept, new CancellationToken(canceled: true)));

        Assert.Empty(kept.Saved);
    }

    [Fact]
    public void What_keeping_throws_ends_the_run()
    {
        var kept = new KeptCheckpoints { Due = step => step < 5 ? true : throw new IOException("No space left.") };

        Assert.Throws<IOException>(() => Train(s_plain, kept));
        Assert.Equal([1, 2, 3, 4], kept.Saved.Select(checkpoint => checkpoint.Step));
    }

    [Fact]
    public void A_kept_checkpoint_does_not_change_with_the_run_that_goes_on()
    {
        var kept = new KeptCheckpoints();
        Train(s_plain, kept);

        Assert.Equal(KeptAt(s_plain, 5).Tensors[0].Values.ToArray(), kept.Saved[4].Tensors[0].Values.ToArray());
        Assert.NotEqual(kept.Saved[5].Tensors[0].Values.ToArray(), kept.Saved[4].Tensors[0].Values.ToArray());
    }

    [Fact]
    public void A_checkpoint_holds_the_weights_by_name_and_shape_and_the_optimisers_buffers()
    {
        Checkpoint checkpoint = KeptAt(s_plain, 3);
        int parameters = new TrainingRun(s_plain).Layout.Count;

        Assert.Equal([7, 16], checkpoint.Tensors.Single(tensor => Named(tensor, "W_E")).Shape);
        Assert.Equal([16], checkpoint.Tensors.Single(tensor => Named(tensor, "blocks.0.ln1.gain")).Shape);
        Assert.Equal([parameters], checkpoint.Tensors.Single(tensor => Named(tensor, "optimizer.m")).Shape);
        Assert.Equal(["optimizer.m", "optimizer.v"], checkpoint.Tensors.TakeLast(2).Select(tensor => tensor.Name), StringComparer.Ordinal);
        Assert.Equal(3 * parameters, checkpoint.Tensors.Sum(tensor => tensor.Values.Length));
    }

    [Fact]
    public void A_checkpoint_of_two_rules_holds_the_buffers_of_both()
    {
        Checkpoint checkpoint = KeptAt(TinyExperiments.TemplateMlp, 3);
        ParameterLayout layout = new TrainingRun(TinyExperiments.TemplateMlp).Layout;

        Assert.Equal([6], checkpoint.Tensors.Single(tensor => Named(tensor, "W_E")).Shape); // 0 … 5
        Assert.Equal([6], checkpoint.Tensors.Single(tensor => Named(tensor, "optimizer.embeddings.m")).Shape);
        Assert.Equal([layout.Count - 6], checkpoint.Tensors.Single(tensor => Named(tensor, "optimizer.others.velocity")).Shape);
        Assert.Equal(
            ["optimizer.embeddings.m", "optimizer.embeddings.v", "optimizer.others.velocity"],
            checkpoint.Tensors.TakeLast(3).Select(tensor => tensor.Name),
            StringComparer.Ordinal);
    }

    // Each is a mistake that a resume could make; the comparison above has to see it.
    [Theory]
    [InlineData("optimizer.v")]
    [InlineData("optimizer.m")]
    public void A_moment_that_was_dropped_is_seen(string buffer) =>
        AssertSeen(s_plain, Changed(KeptAt(s_plain, 9), buffer, values => Array.Clear(values)));

    [Fact]
    public void A_dropped_velocity_is_seen()
    {
        Experiment momentum = With(new Sgd { Momentum = 0.9 });

        AssertSeen(momentum, Changed(KeptAt(momentum, 9), "optimizer.velocity", values => Array.Clear(values)));
    }

    [Theory]
    [InlineData("optimizer.embeddings.m")]
    [InlineData("optimizer.embeddings.v")]
    [InlineData("optimizer.others.velocity")]
    public void A_dropped_buffer_of_one_of_two_rules_is_seen(string buffer) => AssertSeen(
        TinyExperiments.TemplateMlp, Changed(KeptAt(TinyExperiments.TemplateMlp, 9), buffer, values => Array.Clear(values)));

    [Fact]
    public void One_bit_of_one_weight_is_seen() =>
        AssertSeen(s_plain, Changed(KeptAt(s_plain, 9), "blocks.0.W_Q", values => values[5] = MathF.BitIncrement(values[5])));

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void A_data_cursor_that_is_off_by_one_is_seen(string variation, Experiment experiment)
    {
        // Divergence and generalisation end before step 9.
        if (variation.StartsWith("ends", StringComparison.Ordinal))
        {
            return;
        }

        AssertSeen(experiment, KeptAt(experiment, 9) with { Step = 10 });
        AssertSeen(experiment, KeptAt(experiment, 10) with { Step = 9 });
    }

    [Fact]
    public void A_noise_that_begins_elsewhere_is_seen()
    {
        Experiment noisy = With(new AdamW { UpdateNoise = 1 });

        AssertSeen(noisy, KeptAt(noisy, 9), noisy with { Optimizer = new Misled { Inner = noisy.Optimizer, SeedShift = 1 } });
    }

    [Fact]
    public void A_decay_to_where_the_run_was_resumed_is_seen()
    {
        Experiment experiment = With(new AdamW { DecayTarget = DecayTarget.Initialization });
        Checkpoint checkpoint = KeptAt(experiment, 9);
        float[] resumedAt = [.. checkpoint.Tensors.SkipLast(2).SelectMany(tensor => tensor.Values.ToArray())];

        AssertSeen(experiment, checkpoint, experiment with { Optimizer = new Misled { Inner = experiment.Optimizer, Initial = resumedAt } });
    }

    [Fact]
    public void One_bit_of_one_weight_of_a_diagonal_network_is_seen() => AssertSeen(
        TinyExperiments.Diagonal, Changed(KeptAt(TinyExperiments.Diagonal, 9), "u", values => values[5] = MathF.BitIncrement(values[5])));

    [Fact]
    public void Another_seeds_batches_and_split_are_seen() => AssertSeen(s_plain, KeptAt(s_plain, 9), s_plain with { Seed = 1 });

    private static void AssertSeen(Experiment experiment, Checkpoint spoiled) => AssertSeen(experiment, spoiled, experiment);

    private static void AssertSeen(Experiment experiment, Checkpoint checkpoint, Experiment resumedAs)
    {
        TrainedRun unbroken = TinyExperiments.Train(experiment);
        TrainedRun resumed = Resume(resumedAs, checkpoint);

        Assert.NotEqual(RunFingerprint.Of(unbroken), RunFingerprint.Of(resumed));
        Assert.NotEqual(RunFingerprint.Of(unbroken).Weights, RunFingerprint.Of(resumed).Weights, StringComparer.Ordinal);
    }

    private static Checkpoint Changed(Checkpoint checkpoint, string name, Action<float[]> change)
    {
        Assert.Contains(checkpoint.Tensors, tensor => Named(tensor, name));
        return checkpoint with { Tensors = [.. checkpoint.Tensors.Select(tensor => Named(tensor, name) ? ChangedTensor(tensor, change) : tensor)] };
    }

    private static NamedTensor ChangedTensor(NamedTensor tensor, Action<float[]> change)
    {
        float[] values = tensor.Values.ToArray();
        change(values);
        return tensor with { Values = values };
    }

    private static bool Named(NamedTensor tensor, string name) => string.Equals(tensor.Name, name, StringComparison.Ordinal);

    private static int Note(List<int> asked, int step)
    {
        asked.Add(step);
        return step;
    }

    private static void Step(TrainingRun run, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            run.TryStep();
        }
    }

    private static Checkpoint AtTheStart(Experiment experiment) => new(0, [], new TrainingRun(experiment).CopyTensors());

    private static Checkpoint KeptAt(Experiment experiment, int step)
    {
        var kept = new KeptCheckpoints { Due = asked => asked == step };
        Train(experiment, kept);
        return Assert.Single(kept.Saved);
    }

    // What a run leaves that is cancelled while it makes the update after this step.
    private static Checkpoint CancelAfter(Experiment experiment, int step, Checkpoint? start = null)
    {
        using var source = new CancellationTokenSource();
        var kept = new KeptCheckpoints { Start = start, Due = asked => CancelAt(asked) };
        var told = new RecordedProgress { Then = report => CancelAt(report.Step) };
        Assert.Throws<OperationCanceledException>(() => new CpuEngine().Train(experiment, told, kept, source.Token));
        return Assert.Single(kept.Saved);

        bool CancelAt(int reached)
        {
            if (reached == step)
            {
                source.Cancel();
            }

            return false;
        }
    }

    private static TrainedRun Resume(Experiment experiment, Checkpoint checkpoint) => Train(experiment, new KeptCheckpoints { Start = checkpoint });

    private static TrainedRun Train(Experiment experiment, KeptCheckpoints kept) =>
        new CpuEngine().Train(experiment, progress: null, kept, CancellationToken.None);

    private static Experiment Watched(Experiment experiment) => experiment with { EvaluationGrowth = s_plain.EvaluationGrowth, BatchSize = s_plain.BatchSize };

    private static Experiment With(OptimizerConfig optimizer) => s_plain with { Optimizer = optimizer };

    /// <summary>A rule that starts from other arguments than its run's: what a wrong resume would do.</summary>
    private sealed record Misled : OptimizerConfig
    {
        public required OptimizerConfig Inner { get; init; }

        public float[]? Initial { get; init; }

        public ulong SeedShift { get; init; }

        public override void Validate() => Inner.Validate();

        public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) =>
            Inner.Start(layout, Initial ?? initialParameters, seed + SeedShift);
    }
}

using Grokking.Curves;
using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
[Collection(nameof(Alone))]
public sealed class TrainingRunTests
{
    public static TheoryData<string, Experiment> Variations { get; } = new()
    {
        { "AdamW", TinyExperiments.Add },
        { "decay to the initialisation, update noise", With(new AdamW { DecayTarget = DecayTarget.Initialization, UpdateNoise = 1 }) },
        { "decay in the gradient", With(new AdamW { DecayTarget = DecayTarget.Gradient }) },
        { "SGD", With(new Sgd { Momentum = 0.9, Nesterov = true, UpdateNoise = 0.1 }) },
        { "weight noise", TinyExperiments.Add with { WeightNoise = 0.01 } },
        { "dropout", TinyExperiments.Add with { Model = TinyExperiments.Transformer with { Dropout = 0.1 } } },
        { "clipping", TinyExperiments.Add with { ClipNorm = 1e-3 } },
        { "even batches", TinyExperiments.Add with { Batches = BatchRule.Even, BatchSize = 4 } },
        { "full batch", TinyExperiments.Add with { Batches = BatchRule.Full } },
        { "outliers", TinyExperiments.Add with { Outliers = 5 } },
        { "openai code", TinyExperiments.Add with { Convention = SequenceConvention.OpenAICode } },
        { "learned positions, GELU, biases, pre-norm", TinyExperiments.Add with { Model = Rich } },
        { "MLP of one-hot vectors", TinyExperiments.OneHotMlp },
        { "MLP with templates and two rules", TinyExperiments.TemplateMlp },
        { "MLP with StableMax and an orthogonal gradient", TinyExperiments.StableMlp },
        { "MLP of separate embeddings", TinyExperiments.SeparateMlp },
        { "MLP of vectors from a scaled start that decays back to it", TinyExperiments.TeacherMlp },
        { "MLP of vectors that starts at zero with a frozen readout at a constant norm", TinyExperiments.CommitteeMlp },
        { "diagonal network", TinyExperiments.Diagonal },
        { "transformer at a constant norm", TinyExperiments.Add with { ConstantNorm = true } },
        { "annealing", TinyExperiments.Add with { Schedule = new() { AnnealedAtStep = 40 } } },
    };

    private static TransformerConfig Rich => TinyExperiments.Transformer with
    {
        Norm = NormPlacement.Pre,
        FinalNorm = true,
        Positions = PositionKind.Learned,
        AttentionBiases = true,
        MlpBiases = true,
        UnembedBias = true,
        Activation = ActivationKind.Gelu,
    };

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void Stepping_allocates_nothing(string variation, Experiment experiment)
    {
        var run = new TrainingRun(experiment);

        long allocated = AllocatedBytes.LeastOf(() => Step(run, 30));

        Assert.True(allocated == 0, $"{allocated} bytes in 30 steps with {variation}.");
    }

    [Theory]
    [MemberData(nameof(Variations), DisableDiscoveryEnumeration = true)]
    public void Evaluating_leaves_the_training_as_it_is(string variation, Experiment experiment)
    {
        TrainedRun often = TinyExperiments.Train(experiment with { EvaluationGrowth = 1.01 });
        TrainedRun seldom = TinyExperiments.Train(experiment with { EvaluationGrowth = 2 });

        Assert.True(often.Parameters.Span.SequenceEqual(seldom.Parameters.Span), variation);
        Assert.Equal(often.Curve.Final, seldom.Curve.Final);
    }

    [Theory]
    [InlineData(0.01, 0.0)]
    [InlineData(0.0, 0.2)]
    public void Noise_and_dropout_change_the_training_and_not_the_evaluation(double weightNoise, double dropout)
    {
        Experiment noisy = TinyExperiments.Add with { WeightNoise = weightNoise, Model = TinyExperiments.Transformer with { Dropout = dropout } };

        LearningCurve plain = TinyExperiments.Train(TinyExperiments.Add).Curve;
        LearningCurve disturbed = TinyExperiments.Train(noisy).Curve;
        var run = new TrainingRun(noisy);
        Step(run, 5);

        Assert.Equal(plain.Points[0], disturbed.Points[0]);
        Assert.NotEqual(plain.Final, disturbed.Final);
        Assert.Equal(run.Evaluate(), run.Evaluate());
    }

    [Fact]
    public void Weight_noise_moves_the_weights_by_the_gradient_at_noisy_ones()
    {
        const double rate = 0.1, noise = 0.05;
        Experiment experiment = With(new Sgd { LearningRate = rate }) with { Schedule = new() { WarmupSteps = 0 }, Batches = BatchRule.Full, WeightNoise = noise };
        var run = new TrainingRun(experiment);
        float[] start = run.Parameters.ToArray(), noisy = run.Parameters.ToArray(), gradient = new float[start.Length];
        var stream = new RandomStream(experiment.Seed, "weight noise");
        stream.Restart(0);
        stream.AddNormal(noisy, (float)noise);
        new LossSurface(experiment).TrainLossAndGradient(noisy, gradient);

        Step(run, 1);

        Assert.NotEqual(start, noisy);
        Assert.All(start.Zip(gradient), (weight, i) => Assert.Equal(weight.First - (rate * weight.Second), run.Parameters.Span[i], 1e-6));
    }

    [Fact]
    public void Split_and_initialisation_have_streams_of_their_own()
    {
        CurvePoint start = Start(TinyExperiments.Add);

        Assert.Equal(start, Start(TinyExperiments.Add with { Batches = BatchRule.Full }));
        Assert.Equal(start, Start(TinyExperiments.Add with { BatchSize = 3 }));
        Assert.Equal(start, Start(TinyExperiments.Add with { WeightNoise = 0.1 }));
        Assert.Equal(start, Start(With(new Sgd { UpdateNoise = 1 })));
        Assert.NotEqual(start, Start(TinyExperiments.Add with { Seed = 1 }));
    }

    [Theory]
    [InlineData(SequenceConvention.PaperText)]
    [InlineData(SequenceConvention.OpenAICode)]
    public void Outliers_are_learnt_by_heart_and_change_neither_split_nor_initialisation(SequenceConvention convention)
    {
        Experiment clean = With(AdamW.Adam with { LearningRate = 1e-2 }) with
        {
            Task = Operations.Add with { Modulus = 7 },
            Convention = convention,
            Batches = BatchRule.Full,
            Steps = 300,
        };
        TrainedRun plain = TinyExperiments.Train(clean), noisy = TinyExperiments.Train(clean with { Outliers = 14 });

        // 14 of 29 training equations have another's answer: another training loss at the start, the same validation.
        Assert.NotEqual(plain.Curve.Points[0].TrainLoss, noisy.Curve.Points[0].TrainLoss);
        Assert.Equal(plain.Curve.Points[0] with { TrainLoss = 0, TrainAccuracy = 0 }, noisy.Curve.Points[0] with { TrainLoss = 0, TrainAccuracy = 0 });
        Assert.Equal(1, noisy.Curve.Final.TrainAccuracy);

        double truth = new LossSurface(clean).Score(noisy.Parameters.Span, ScoredEquations.Train).Accuracy;
        Assert.InRange(truth, 15.0 / 29, 20.0 / 29);
    }

    [Fact]
    public void A_larger_training_set_keeps_the_initial_weights()
    {
        var small = new TrainingRun(TinyExperiments.Add);
        var large = new TrainingRun(TinyExperiments.Add with { TrainFraction = 0.8 });
        var otherSeed = new TrainingRun(TinyExperiments.Add with { Seed = 1 });

        Assert.Equal(small.Parameters.ToArray(), large.Parameters.ToArray());
        Assert.NotEqual(small.Parameters.ToArray(), otherSeed.Parameters.ToArray());
    }

    [Fact]
    public void An_initialisation_scale_multiplies_every_weight_before_the_first_step()
    {
        Experiment[] experiments = [TinyExperiments.Add, TinyExperiments.SeparateMlp, TinyExperiments.TeacherMlp, TinyExperiments.CommitteeMlp, TinyExperiments.Diagonal];
        Assert.All(experiments, experiment =>
        {
            float[] plain = new TrainingRun(experiment with { InitializationScale = 1 }).Parameters.ToArray();

            Assert.Equal(plain.Select(weight => 3 * weight), new TrainingRun(experiment with { InitializationScale = 3 }).Parameters.ToArray());
            Assert.Equal(plain.Select(weight => 0.1f * weight), new TrainingRun(experiment with { InitializationScale = 0.1 }).Parameters.ToArray());
        });
    }

    // Each step goes half of the way to the target; the gradient's own part is small beside it.
    [Fact]
    public void Decay_to_the_initialisation_aims_at_the_scaled_weights()
    {
        Experiment experiment = TinyExperiments.TeacherMlp with { InitializationScale = 4, Optimizer = Decaying(DecayTarget.Initialization) };
        var run = new TrainingRun(experiment);
        float[] start = run.Parameters.ToArray();
        var toOrigin = new TrainingRun(experiment with { Optimizer = Decaying(DecayTarget.Origin) });
        Step(run, 15);
        Step(toOrigin, 15);

        Assert.All(start.Zip(run.Parameters.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 0.05f));
        Assert.True(FlatNorm.Compute(toOrigin.Parameters.Span) < 0.5 * FlatNorm.Compute(start));

        static AdamW Decaying(DecayTarget target) => new() { LearningRate = 1e-3, WeightDecay = 500, DecayTarget = target };
    }

    public static TheoryData<Experiment> AtConstantNorm { get; } =
    [
        TinyExperiments.CommitteeMlp,
        TinyExperiments.TeacherMlp with { ConstantNorm = true },
        TinyExperiments.Diagonal with { ConstantNorm = true },
        TinyExperiments.Add with { ConstantNorm = true },
        TinyExperiments.Add with { ConstantNorm = true, InitializationScale = 0.1, WeightNoise = 0.1, Optimizer = new Sgd { LearningRate = 1, Momentum = 0.9 } },
    ];

    [Theory]
    [MemberData(nameof(AtConstantNorm), DisableDiscoveryEnumeration = true)]
    public void A_constant_norm_is_that_of_the_start_after_every_step(Experiment experiment)
    {
        TrainingRun run = new(experiment), free = new(experiment with { ConstantNorm = false });
        double start = FlatNorm.Compute(run.Parameters.Span);

        for (int step = 0; step < 40; step++)
        {
            Step(run, 1);
            Step(free, 1);
            Assert.InRange(FlatNorm.Compute(run.Parameters.Span) / start, 1 - 1e-6, 1 + 1e-6);
        }

        Assert.Equal(start, run.Evaluate().WeightNorm, 1e-6 * start);
        Assert.True(Math.Abs((FlatNorm.Compute(free.Parameters.Span) / start) - 1) > 1e-4, "Without it the norm would not move either.");
    }

    [Fact]
    public void A_network_that_starts_at_zero_has_the_loss_of_outputs_of_zero_at_step_0_and_learns_from_there()
    {
        var task = (QuadraticRegression)TinyExperiments.CommitteeMlp.Task;
        Matrix targets = task.Draw(TinyExperiments.CommitteeMlp.Seed).Targets!;
        var split = Split.Draw(task.Examples, TinyExperiments.CommitteeMlp.TrainFraction, TinyExperiments.CommitteeMlp.Seed);

        LearningCurve curve = TinyExperiments.Train(TinyExperiments.CommitteeMlp with { Steps = 200 }).Curve;

        Assert.Equal(split.Train.ToArray().Average(example => Square(targets.Row(example)[0])), curve.Points[0].TrainLoss, 1e-12);
        Assert.Equal(split.Val.ToArray().Average(example => Square(targets.Row(example)[0])), curve.Points[0].ValLoss, 1e-12);
        Assert.True(curve.Final.TrainLoss < 0.8 * curve.Points[0].TrainLoss, $"{curve.Final.TrainLoss} of {curve.Points[0].TrainLoss}");

        static double Square(double x) => x * x;
    }

    [Fact]
    public void Tasks_of_vectors_are_learnt_by_heart()
    {
        Experiment[] experiments =
        [
            TinyExperiments.TeacherMlp with { InitializationScale = 1, Optimizer = AdamW.Adam with { LearningRate = 1e-2 }, Steps = 2000 },
            TinyExperiments.Diagonal with { InitializationScale = 1, Steps = 2000 },
            TinyExperiments.Diagonal with { InitializationScale = 1, Steps = 2000, Outliers = 6 },
        ];
        Assert.All(experiments, experiment => Assert.Equal(1, TinyExperiments.Train(experiment).Curve.Final.TrainAccuracy));
    }

    [Fact]
    public void Examples_of_vectors_have_no_mirrors() => Assert.All(
        TinyExperiments.Train(TinyExperiments.Diagonal).Curve.Points, point => Assert.Null(point.MirrorFreeValAccuracy));

    [Fact]
    public void The_first_step_of_the_warm_up_moves_nothing()
    {
        var run = new TrainingRun(TinyExperiments.Add);
        float[] initial = run.Parameters.ToArray();

        Step(run, 1);
        Assert.Equal(initial, run.Parameters.ToArray());

        Step(run, 1);
        Assert.NotEqual(initial, run.Parameters.ToArray());
    }

    [Fact]
    public void Accuracies_are_shares_of_the_split()
    {
        // 25 equations: 15 train, 10 validate.
        foreach (CurvePoint point in TinyExperiments.Train(TinyExperiments.Add).Curve.Points)
        {
            Assert.Equal(Math.Round(15 * point.TrainAccuracy), 15 * point.TrainAccuracy, 1e-12);
            Assert.Equal(Math.Round(10 * point.ValAccuracy), 10 * point.ValAccuracy, 1e-12);
        }
    }

    [Theory]
    [InlineData(SequenceConvention.PaperText)]
    [InlineData(SequenceConvention.OpenAICode)]
    public void Training_learns_its_equations_by_heart(SequenceConvention convention)
    {
        Experiment experiment = With(AdamW.Adam with { LearningRate = 1e-2 }) with { Convention = convention, Batches = BatchRule.Full, Steps = 300 };

        LearningCurve curve = TinyExperiments.Train(experiment).Curve;

        Assert.Equal(1, curve.Final.TrainAccuracy);
        Assert.True(curve.Final.TrainLoss < 0.2 * curve.Points[0].TrainLoss);
    }

    [Fact]
    public void An_MLP_learns_its_equations_by_heart_under_each_loss()
    {
        Experiment plain = TinyExperiments.OneHotMlp with { Optimizer = AdamW.Adam with { LearningRate = 1e-2 }, Steps = 300 };
        Assert.All(Enum.GetValues<LossKind>(), loss => AssertLearnt(plain with { Loss = loss }));
        AssertLearnt(plain with { Loss = LossKind.SquaredError, TemplateWidth = 6 });

        static void AssertLearnt(Experiment experiment)
        {
            LearningCurve curve = TinyExperiments.Train(experiment).Curve;

            Assert.Equal(1, curve.Final.TrainAccuracy);
            Assert.True(curve.Final.TrainLoss < 0.2 * curve.Points[0].TrainLoss, $"{experiment.Loss}: {curve.Final.TrainLoss}");
        }
    }

    [Fact]
    public void The_first_step_with_an_orthogonal_gradient_is_orthogonal_to_each_tensor()
    {
        Experiment experiment = TinyExperiments.StableMlp with
        {
            Optimizer = new Sgd { LearningRate = 1 },
            Schedule = new() { WarmupSteps = 0 },
        };
        var run = new TrainingRun(experiment);
        float[] before = run.Parameters.ToArray();

        Step(run, 1);

        Assert.All(run.Layout.Tensors, tensor =>
        {
            float[] weights = tensor.In((ReadOnlySpan<float>)before).ToArray();
            float[] update = [.. tensor.In(run.Parameters.Span).ToArray().Zip(weights, (after, weight) => after - weight)];
            double cosine = FlatDot.Compute(weights, update) / (FlatNorm.Compute(weights) * FlatNorm.Compute(update));
            Assert.InRange(cosine, -1e-5, 1e-5); // of weights near 1 an update of 1e-2 keeps five digits
        });
    }

    private static CurvePoint Start(Experiment experiment) => new TrainingRun(experiment).Evaluate();

    private static Experiment With(OptimizerConfig optimizer) => TinyExperiments.Add with { Optimizer = optimizer };

    private static void Step(TrainingRun run, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (!run.TryStep())
            {
                throw new InvalidOperationException("The run diverged.");
            }
        }
    }
}

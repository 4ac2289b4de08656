using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class LossSurfaceTests
{
    private static readonly Experiment s_noisy = TinyExperiments.Add with
    {
        Task = Operations.Subtract with { Modulus = 11 },
        Outliers = 12,
        Steps = 60,
    };

    [Theory]
    [InlineData(SequenceConvention.PaperText, 0)]
    [InlineData(SequenceConvention.PaperText, 12)]
    [InlineData(SequenceConvention.OpenAICode, 12)]
    public void At_the_weights_of_a_run_it_says_what_the_curve_says(SequenceConvention convention, int outliers)
    {
        Experiment experiment = s_noisy with { Convention = convention, Outliers = outliers };
        TrainedRun run = TinyExperiments.Train(experiment);

        var surface = new LossSurface(experiment);
        SurfaceScores train = surface.Score(run.Parameters.Span, ScoredEquations.Train), val = surface.Score(run.Parameters.Span, ScoredEquations.Val);

        CurvePoint final = run.Curve.Final;
        Assert.Equal((final.TrainLoss, final.TrainAccuracy), (train.Loss, train.Accuracy));
        Assert.Equal((final.ValLoss, final.ValAccuracy), (val.Loss, val.Accuracy));
        Assert.Equal((73, 48), (train.Count, val.Count)); // 121 equations at 0.6
        Assert.Equal(run.Layout.Tensors, surface.Layout.Tensors);
    }

    [Fact]
    public void At_the_weights_of_any_other_network_it_says_what_the_curve_says_and_has_its_gradient()
    {
        Experiment[] experiments = [TinyExperiments.OneHotMlp with { Outliers = 4 }, TinyExperiments.TemplateMlp, TinyExperiments.StableMlp, TinyExperiments.SeparateMlp,
            TinyExperiments.TeacherMlp, TinyExperiments.CommitteeMlp, TinyExperiments.Diagonal, TinyExperiments.Diagonal with { Outliers = 6 }];
        Assert.All(experiments, experiment =>
        {
            TrainedRun run = TinyExperiments.Train(experiment);
            var surface = new LossSurface(experiment);
            SurfaceScores train = surface.Score(run.Parameters.Span, ScoredEquations.Train), val = surface.Score(run.Parameters.Span, ScoredEquations.Val);
            CurvePoint final = run.Curve.Final;

            Assert.Equal((final.TrainLoss, final.TrainAccuracy, final.ValAccuracy), (train.Loss, train.Accuracy, val.Accuracy));
            Assert.Equal(final.ValLoss, val.Loss, 1e-12); // the curve adds up the mirrored and the others apart

            float[] gradient = new float[run.Parameters.Length];
            Assert.Equal(train.Loss, surface.TrainLossAndGradient(run.Parameters.Span, gradient), 1e-9);
            Assert.Contains(gradient, slope => slope != 0);
        });
    }

    [Fact]
    public void The_wrong_labels_of_vectors_and_the_truth_behind_them_are_scored_apart()
    {
        Experiment experiment = TinyExperiments.Diagonal with { InitializationScale = 1, Outliers = 8, Steps = 2000 };
        TrainedRun run = TinyExperiments.Train(experiment);
        var surface = new LossSurface(experiment);

        SurfaceScores train = surface.Score(run.Parameters.Span, ScoredEquations.Train), truth = TrueTrain(experiment, run);
        SurfaceScores outliers = surface.Score(run.Parameters.Span, ScoredEquations.Outliers);

        Assert.Equal((24, 24, 8), (train.Count, truth.Count, outliers.Count)); // 40 examples at 0.6
        Assert.Equal((1, 1), (train.Accuracy, outliers.Accuracy));
        Assert.InRange(truth.Accuracy, 16.0 / 24, 23.0 / 24); // of two classes another's label may be right
    }

    // More equations than one pass holds, and a model with dropout, which the surface leaves out.
    [Fact]
    public void The_gradient_is_the_derivative_of_the_loss_of_the_whole_training_set()
    {
        Experiment experiment = TinyExperiments.Add with
        {
            Task = Operations.Subtract with { Modulus = 31 },
            TrainFraction = 0.9,
            Model = TinyExperiments.Transformer with { Dropout = 0.5 },
        };
        var surface = new LossSurface(experiment);
        float[] parameters = new TrainingRun(experiment).Parameters.ToArray(), gradient = new float[parameters.Length], other = new float[parameters.Length];

        double loss = surface.TrainLossAndGradient(parameters, gradient);
        Assert.Equal(surface.Score(parameters, ScoredEquations.Train).Loss, loss, 1e-9);

        // Along the gradient itself the loss rises by its squared length.
        double squared = gradient.Sum(slope => (double)slope * slope);
        const float step = 1e-2f;
        double above = surface.TrainLossAndGradient([.. parameters.Select((x, i) => x + (step * gradient[i]))], other);
        double below = surface.TrainLossAndGradient([.. parameters.Select((x, i) => x - (step * gradient[i]))], other);
        Assert.Equal(squared, (above - below) / (2 * step), 0.01 * squared);
    }

    [Fact]
    public void A_full_batch_step_has_the_gradient_of_the_surface()
    {
        var surface = new LossSurface(s_noisy);
        float[] parameters = new TrainingRun(s_noisy).Parameters.ToArray(), gradient = new float[parameters.Length];
        surface.TrainLossAndGradient(parameters, gradient);

        // One pass holds the whole set, so the bits are those of a pass over it.
        var table = new EquationTable((Operation)s_noisy.Task);
        Split split = Split.Draw(table, s_noisy.TrainFraction, s_noisy.Seed);
        var sequences = TokenSequences.Encode(table, Outliers.Draw(table.Answers, split, 12, s_noisy.Seed).Answers, s_noisy.Convention);
        var model = new Transformer(TinyExperiments.Transformer, sequences.VocabularySize, 4, [3], split.Train.Length);
        float[] expected = new float[parameters.Length];
        int[] tokens = [.. split.Train.ToArray().SelectMany(equation => sequences.Tokens.Slice(4 * equation, 4).ToArray())];
        int[] targets = [.. split.Train.ToArray().Select(equation => sequences.Targets[equation])];
        model.Load(parameters, forTraining: true);
        model.LossAndGradient(parameters, tokens, targets, expected);

        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void Outliers_and_the_truth_behind_them_are_scored_apart()
    {
        Experiment experiment = s_noisy with
        {
            Task = Operations.Subtract with { Modulus = 7 },
            Outliers = 8,
            Optimizer = AdamW.Adam with { LearningRate = 1e-2 },
            Batches = BatchRule.Full,
            Steps = 1000,
        };
        TrainedRun run = TinyExperiments.Train(experiment);
        var surface = new LossSurface(experiment);

        SurfaceScores train = surface.Score(run.Parameters.Span, ScoredEquations.Train);
        SurfaceScores truth = TrueTrain(experiment, run);
        SurfaceScores outliers = surface.Score(run.Parameters.Span, ScoredEquations.Outliers);

        // Learnt by heart: the wrong answers are right in training and wrong in truth.
        Assert.Equal((1, 1), (train.Accuracy, outliers.Accuracy));
        Assert.Equal((29, 29, 8), (train.Count, truth.Count, outliers.Count)); // 49 equations at 0.6
        Assert.InRange(truth.Accuracy, 21.0 / 29, 24.0 / 29);
        Assert.True(truth.Loss > train.Loss);
    }

    [Fact]
    public void The_losses_of_single_equations_average_to_that_of_their_set()
    {
        var surface = new LossSurface(s_noisy);
        float[] parameters = new TrainingRun(s_noisy).Parameters.ToArray();
        foreach (ScoredEquations equations in Enum.GetValues<ScoredEquations>())
        {
            SurfaceScores scores = surface.Score(parameters, equations);
            double[] losses = surface.Losses(parameters, equations);

            Assert.Equal(scores.Count, losses.Length);
            Assert.Equal(scores.Loss, losses.Average(), 1e-6);
            Assert.True(losses.Distinct().Count() > 1);
        }

        Assert.Empty(new LossSurface(TinyExperiments.Add).Losses(new TrainingRun(TinyExperiments.Add).Parameters.Span, ScoredEquations.Outliers));
    }

    [Fact]
    public void Without_outliers_there_is_nothing_to_score_of_them()
    {
        var surface = new LossSurface(TinyExperiments.Add);
        float[] parameters = new TrainingRun(TinyExperiments.Add).Parameters.ToArray();

        Assert.Equal(new SurfaceScores(0, double.NaN, double.NaN), surface.Score(parameters, ScoredEquations.Outliers));
    }

    [Fact]
    public void Weights_of_another_model_and_unknown_sets_are_refused()
    {
        var surface = new LossSurface(TinyExperiments.Add);
        float[] parameters = new float[surface.Layout.Count];

        Assert.Throws<ArgumentException>(() => surface.Score(parameters.AsSpan(1), ScoredEquations.Train));
        Assert.Throws<ArgumentException>(() => surface.Losses(parameters.AsSpan(1), ScoredEquations.Train));
        Assert.Throws<ArgumentOutOfRangeException>(() => surface.Losses(parameters, (ScoredEquations)3));
        Assert.Throws<ArgumentException>(() => surface.TrainLossAndGradient(parameters, parameters.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => surface.Score(parameters, (ScoredEquations)3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossSurface(TinyExperiments.Add with { Steps = 0 }));
    }

    // The training set as it would be without outliers.
    private static SurfaceScores TrueTrain(Experiment experiment, TrainedRun run) =>
        new LossSurface(experiment with { Outliers = 0 }).Score(run.Parameters.Span, ScoredEquations.Train);
}

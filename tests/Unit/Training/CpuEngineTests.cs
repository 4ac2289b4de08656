using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class CpuEngineTests
{
    [Fact]
    public void A_curve_has_a_point_at_every_step_of_the_grid_and_at_the_budget()
    {
        LearningCurve curve = TinyExperiments.Train(TinyExperiments.Add with { Steps = 30, EvaluationGrowth = 1.5 }).Curve;

        Assert.Equal([0, 1, 2, 3, 5, 8, 12, 18, 27, 30], curve.Points.Select(point => point.Step));
        Assert.Equal(RunOutcome.BudgetSpent, curve.Outcome);
        Assert.Equal(30, curve.Budget);
    }

    [Fact]
    public void Each_evaluation_is_told_once_as_it_stands_in_the_curve()
    {
        var told = new RecordedProgress();

        TrainedRun run = new CpuEngine().Train(TinyExperiments.Add, told, checkpointing: null, CancellationToken.None);

        Assert.Equal(run.Curve.Points, told.Reports.Select(report => report.Latest));
        Assert.All(told.Reports, report => Assert.Equal(report.Latest.Step, report.Step));
        Assert.All(told.Reports, report => Assert.Same(TinyExperiments.Add, report.Experiment));
    }

    [Fact]
    public void A_run_may_stop_at_the_first_evaluation_that_is_generalised()
    {
        LearningCurve full = TinyExperiments.Train(TinyExperiments.First).Curve;
        LearningCurve stopped = TinyExperiments.Train(TinyExperiments.First with { Stopping = StoppingRule.WhenGeneralized }).Curve;

        Assert.Equal(RunOutcome.Generalized, stopped.Outcome);
        Assert.True(stopped.Final.IsGeneralized);
        Assert.True(stopped.LastStep < TinyExperiments.First.Steps);
        Assert.Equal(TinyExperiments.First.Steps, stopped.Budget);
        Assert.Single(stopped.Points, point => point.IsGeneralized);
        Assert.Equal(full.Points.Take(stopped.Points.Count), stopped.Points);
        Assert.Equal(RunOutcome.BudgetSpent, full.Outcome);
    }

    [Fact]
    public void A_run_that_does_not_generalise_spends_its_budget()
    {
        LearningCurve curve = TinyExperiments.Train(TinyExperiments.Add with { Steps = 3, Stopping = StoppingRule.WhenGeneralized }).Curve;

        Assert.Equal(RunOutcome.BudgetSpent, curve.Outcome);
        Assert.Equal(3, curve.LastStep);
    }

    [Theory]
    [InlineData(NormPlacement.Post)]
    [InlineData(NormPlacement.Pre)]
    [InlineData(NormPlacement.None)]
    public void Divergence_ends_the_run_with_its_last_finite_point(NormPlacement norm)
    {
        Experiment experiment = TinyExperiments.Add with
        {
            Model = TinyExperiments.Transformer with { Norm = norm },
            Optimizer = new AdamW { LearningRate = 1e30 },
            Steps = 1000,
        };

        LearningCurve curve = TinyExperiments.Train(experiment).Curve;

        Assert.Equal(RunOutcome.Diverged, curve.Outcome);
        Assert.True(curve.LastStep < 1000);
        Assert.NotEmpty(curve.Points);
        Assert.All(curve.Points, point => Assert.True(
            double.IsFinite(point.TrainLoss) && double.IsFinite(point.ValLoss) && double.IsFinite(point.WeightNorm)));
    }

    [Fact]
    public void Divergence_ends_the_run_of_an_MLP_too()
    {
        Experiment[] experiments = [TinyExperiments.OneHotMlp, TinyExperiments.TemplateMlp, TinyExperiments.StableMlp, TinyExperiments.SeparateMlp];
        Assert.All(experiments, experiment =>
        {
            LearningCurve curve = TinyExperiments.Train(experiment with { Optimizer = new Sgd { LearningRate = 1e30 }, Steps = 1000 }).Curve;

            Assert.Equal(RunOutcome.Diverged, curve.Outcome);
            Assert.All(curve.Points, point => Assert.True(double.IsFinite(point.TrainLoss) && double.IsFinite(point.WeightNorm)));
        });
    }

    [Fact]
    public void A_run_that_is_not_finite_before_its_first_update_has_diverged_with_that_one_point()
    {
        var told = new RecordedProgress();
        Experiment experiment = TinyExperiments.OneHotMlp with { InitializationScale = 1e14 };

        LearningCurve curve = new CpuEngine().Train(experiment, told, checkpointing: null, CancellationToken.None).Curve;

        Assert.Equal(RunOutcome.Diverged, curve.Outcome);
        Assert.Equal((0, 0, experiment.Steps), (Assert.Single(curve.Points).Step, curve.LastStep, curve.Budget));
        Assert.False(curve.Final.IsFinite);
        Assert.Equal(curve.Final, Assert.Single(told.Reports).Latest);
    }

    [Theory]
    [InlineData(3, 2)] // seen by the evaluation at step 4
    [InlineData(4, 4)] // seen by the step after it
    public void Divergence_is_seen_by_the_evaluation_or_the_step_that_comes_first(int spoiledStep, int lastStep)
    {
        var optimizer = new CountingOptimizer { SpoiledStep = spoiledStep };

        LearningCurve curve = TinyExperiments.Train(TinyExperiments.Add with { Optimizer = optimizer, EvaluationGrowth = 2 }).Curve;

        Assert.Equal(RunOutcome.Diverged, curve.Outcome);
        Assert.Equal(spoiledStep + 1, optimizer.Updates.Count);
        Assert.Equal(lastStep, curve.LastStep);
    }

    [Fact]
    public void An_infinite_gradient_updates_nothing()
    {
        var optimizer = new CountingOptimizer { LearningRate = 1e38 };
        var run = new TrainingRun(TinyExperiments.Add with { Optimizer = optimizer, Schedule = new() { WarmupSteps = 0 } });
        while (run.TryStep())
        {
            Assert.True(run.Step < 100);
        }

        float[] before = run.Parameters.ToArray();
        int steps = run.Step;

        Assert.False(run.TryStep());
        Assert.Equal(before, run.Parameters.ToArray());
        Assert.Equal(steps, run.Step);
        Assert.Equal(steps, optimizer.Updates.Count);
    }

    [Fact]
    public void A_run_cancelled_beforehand_makes_no_step()
    {
        var optimizer = new CountingOptimizer();
        var told = new RecordedProgress();

        Assert.Throws<OperationCanceledException>(
            () => new CpuEngine().Train(TinyExperiments.Add with { Optimizer = optimizer }, told, checkpointing: null, new CancellationToken(canceled: true)));

        Assert.Empty(optimizer.Updates);
        Assert.Empty(told.Reports);
    }

    [Fact]
    public void Cancelling_takes_effect_before_the_next_step_and_the_next_evaluation()
    {
        using var source = new CancellationTokenSource();
        var optimizer = new CountingOptimizer
        {
            Then = step =>
            {
                if (step == 11)
                {
                    // By another thread, as a laboratory does; the run must not be further than its next step when it sees it.
                    Assert.True(source.CancelAsync().Wait(TimeSpan.FromSeconds(20)));
                }
            },
        };
        var told = new RecordedProgress();

        // Step 11 makes the twelfth update, and step 12 is one of the grid.
        Assert.Throws<OperationCanceledException>(
            () => new CpuEngine().Train(TinyExperiments.Add with { Optimizer = optimizer }, told, checkpointing: null, source.Token));

        Assert.Equal(12, optimizer.Updates.Count);
        Assert.Equal(11, told.Reports[^1].Step);
    }

    [Fact]
    public void A_users_own_optimiser_is_asked_once_a_step_at_the_scheduled_rate()
    {
        var optimizer = new CountingOptimizer { LearningRate = 0.5 };

        TinyExperiments.Train(TinyExperiments.Add with { Optimizer = optimizer, Steps = 4, Schedule = new() { WarmupSteps = 2 } });

        Assert.Equal([(0, 0), (1, 0.25), (2, 0.5), (3, 0.5)], optimizer.Updates);
    }

    [Fact]
    public void Weights_are_given_with_their_layout()
    {
        TrainedRun run = TinyExperiments.Train(TinyExperiments.Add);

        Assert.Equal(run.Layout.Count, run.Parameters.Length);
        Assert.Contains(run.Layout.Tensors, tensor => string.Equals(tensor.Name, "blocks.0.W_Q", StringComparison.Ordinal));
    }

    [Fact]
    public void The_engine_names_its_numerics() => Assert.Equal("cpu-3", new CpuEngine().Id);

    [Fact]
    public void Mirror_free_accuracy_is_measured_for_symmetric_operations_only()
    {
        LearningCurve symmetric = TinyExperiments.Train(TinyExperiments.Add).Curve;
        LearningCurve other = TinyExperiments.Train(TinyExperiments.Add with { Task = Operations.Subtract with { Modulus = 5 } }).Curve;

        Assert.All(symmetric.Points, point => Assert.InRange(point.MirrorFreeValAccuracy!.Value, 0, 1));
        Assert.All(other.Points, point => Assert.Null(point.MirrorFreeValAccuracy));
    }
}

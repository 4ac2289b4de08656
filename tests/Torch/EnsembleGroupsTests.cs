using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;

namespace Grokking.Tests.Torch;

/// <summary>Runs that come at once, of which some cannot be taken in.</summary>
[Trait("Category", "Torch")]
public sealed class EnsembleGroupsTests
{
    private static readonly Experiment s_other = TinyExperiments.Add with { Optimizer = new Sgd { LearningRate = 0.1 } };

    [Fact]
    public void Runs_of_one_shape_that_cannot_join_are_no_matter_to_those_of_another()
    {
        using EnsembleGroups groups = NewGroups();
        EnsembleMember failing = Unable(TinyExperiments.Add), able = Member(s_other);

        groups.Admit([failing, able]);
        Finish(groups);

        Assert.Throws<InvalidOperationException>(() => Result(failing));
        Assert.Equal(RunOutcome.BudgetSpent, Result(able).Curve.Outcome);
    }

    [Fact]
    public void Nor_to_those_of_their_shape_that_come_later_or_train_already()
    {
        using EnsembleGroups groups = NewGroups();
        EnsembleMember first = Unable(TinyExperiments.Add), second = Member(TinyExperiments.Add), third = Unable(TinyExperiments.Add with { Seed = 1 });

        groups.Admit([first]);
        Assert.Equal(0, groups.Runs);
        groups.Admit([second]);
        groups.TakeTurns();
        groups.Admit([third]);
        Assert.Equal(1, groups.Runs);
        Finish(groups);

        Assert.Throws<InvalidOperationException>(() => Result(first));
        Assert.Throws<InvalidOperationException>(() => Result(third));
        Assert.Equal(RunOutcome.BudgetSpent, Result(second).Curve.Outcome);
    }

    private static EnsembleGroups NewGroups() => new(TestDevice.Value, BackwardPass.Autograd);

    private static void Finish(EnsembleGroups groups)
    {
        while (groups.Runs > 0)
        {
            groups.TakeTurns();
        }
    }

    private static EnsembleMember Member(Experiment experiment)
    {
        var run = new EnsembleRun(experiment);
        RunBuffers buffers = run.Draw();
        return new EnsembleMember(run, buffers, [.. buffers.Parameters], RunOrigin.Trained, CancellationToken.None);
    }

    // Without its start it fails inside the ensemble that it would join, as where the device has no room.
    private static EnsembleMember Unable(Experiment experiment)
    {
        EnsembleMember member = Member(experiment);
        member.TakeStart();
        return member;
    }

    private static TrainedRun Result(EnsembleMember member) => member.Follow(progress: null, checkpointing: null);
}

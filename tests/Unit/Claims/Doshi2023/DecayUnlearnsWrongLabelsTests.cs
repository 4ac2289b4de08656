using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class DecayUnlearnsWrongLabelsTests
{
    // Where all wrong labels are given up 65.4 % are right: 65 % that are true, and of the others one in 97.
    private const double Truth = 0.6536;

    [Theory]
    [InlineData(0.99, 0.99, -1)]
    [InlineData(0.98, 0.99, 0)]
    [InlineData(0.99, 0.98, 1)]
    public void Every_seed_learns_all_labels_and_ends_with_the_unseen_equations(double val, double bestTrain, int failing) =>
        AssertOnlyFails(failing, DecayUnlearnsWrongLabels.JudgeLearning(new("runs", [Run(), Run(), Run(val, bestTrain)])));

    [Theory]
    [InlineData(0.70, true)]
    [InlineData(0.90, true)]
    [InlineData(0.69, false)]
    [InlineData(0.91, false)]
    public void Every_seed_of_the_middling_decay_gives_some_labels_up(double train, bool holds) =>
        Assert.Equal(holds, DecayUnlearnsWrongLabels.JudgePartial(new("partial", [Run(train: 0.79), Run(train: 0.79), Run(train: train)])).Holds);

    [Theory]
    [InlineData(0.6437, true)]
    [InlineData(0.6635, true)]
    [InlineData(0.6435, false)]
    [InlineData(0.6637, false)]
    public void Every_seed_of_the_large_decay_gives_all_wrong_labels_up(double train, bool holds) =>
        Assert.Equal(holds, DecayUnlearnsWrongLabels.JudgeFull(new("full", [Run(), Run(), Run(train: train)])).Holds);

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(0.98, false)]
    public void Every_seed_without_decay_learns_all_labels(double bestTrain, bool holds) =>
        Assert.Equal(holds, DecayUnlearnsWrongLabels.JudgeMemorizing(new("kept", [Run(), Run(bestTrain: bestTrain)])).Holds);

    [Fact]
    public void The_verdict_refuses_runs_that_keep_the_wrong_labels_in_either_place()
    {
        TrainedGroup partial = new("partial", [Run(train: 0.79)]), full = new("full", [Run()]), kept = new("kept", [Run(train: 0.98)]);
        bool Holds(params TrainedGroup[] groups) => new DecayUnlearnsWrongLabels().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(partial, full, kept));
        Assert.False(Holds(kept, full, partial));
        Assert.False(Holds(partial, kept, full));
        Assert.False(Holds(partial, full, partial));
        Assert.False(Holds(partial, full, full));
        Assert.False(Holds(partial, full, new("diverged", [Diverged])));
    }

    private static LearningCurve Run(double val = 0.99, double bestTrain = 0.99, double train = Truth) =>
        Accuracies((60, bestTrain, 0.05), (500, train, val));
}

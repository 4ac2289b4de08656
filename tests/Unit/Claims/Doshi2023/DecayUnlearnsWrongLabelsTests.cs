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
    [InlineData(0.99, 0.99, 0.70, -1)]
    [InlineData(0.99, 0.99, 0.90, -1)]
    [InlineData(0.98, 0.99, 0.80, 0)]
    [InlineData(0.99, 0.98, 0.80, 2)]
    [InlineData(0.99, 0.99, 0.69, 4)]
    [InlineData(0.99, 0.99, 0.91, 4)]
    public void Every_seed_of_the_middling_decay_is_held_to_each_bound(double val, double bestTrain, double train, int failing) =>
        AssertOnlyFails(failing, DecayUnlearnsWrongLabels.Judge(
            new("partial", [Run(train: 0.79), Run(train: 0.79), Run(val, bestTrain, train)]), new("full", [Run()])));

    [Theory]
    [InlineData(0.99, 0.99, 0.6437, -1)]
    [InlineData(0.99, 0.99, 0.6635, -1)]
    [InlineData(0.98, 0.99, Truth, 1)]
    [InlineData(0.99, 0.98, Truth, 3)]
    [InlineData(0.99, 0.99, 0.6435, 5)]
    [InlineData(0.99, 0.99, 0.6637, 5)]
    public void Every_seed_of_the_large_decay_is_held_to_each_bound(double val, double bestTrain, double train, int failing) =>
        AssertOnlyFails(failing, DecayUnlearnsWrongLabels.Judge(
            new("partial", [Run(train: 0.79)]), new("full", [Run(), Run(), Run(val, bestTrain, train)])));

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
    }

    private static LearningCurve Run(double val = 0.99, double bestTrain = 0.99, double train = Truth) =>
        Accuracies((60, bestTrain, 0.05), (500, train, val));
}

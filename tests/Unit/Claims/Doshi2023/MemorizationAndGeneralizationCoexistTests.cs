using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class MemorizationAndGeneralizationCoexistTests
{
    [Theory]
    [InlineData(0.99, 0.05, 0.95, 0.95, -1)]
    [InlineData(0.98, 0.05, 0.95, 0.95, 0)]
    [InlineData(0.99, 0.06, 0.95, 0.95, 1)]
    [InlineData(0.99, 0.05, 0.94, 0.95, 2)]
    [InlineData(0.99, 0.05, 0.95, 0.94, 3)]
    public void Every_seed_is_held_to_each_bound(double trainEarly, double valEarly, double trainLate, double valLate, int failing) =>
        AssertOnlyFails(failing, Judge(Run(), Run(), Run(trainEarly, valEarly, trainLate, valLate)));

    [Theory]
    [InlineData(250, 100, -1)]
    [InlineData(249, 499, 4)]
    public void The_median_run_generalises_five_times_later_than_it_memorises(int median, int other, int failing) =>
        AssertOnlyFails(failing, Judge(Run(generalized: median), Run(generalized: median), Run(generalized: other)));

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.94, false)]
    public void Every_seed_that_unlearns_the_wrong_labels_has_learnt_them(double best, bool holds) => Assert.Equal(
        holds, MemorizationAndGeneralizationCoexist.JudgeMemorizing(new("unlearnt", [Run(), Accuracies((60, best, 0.05), (500, 0.654, 1))])).Holds);

    [Fact]
    public void The_verdict_refuses_runs_that_unlearn_the_wrong_labels()
    {
        TrainedGroup both = new("both", [Run()]), unlearnt = new("unlearnt", [Run(trainLate: 0.654)]);
        bool Holds(params TrainedGroup[] groups) => new MemorizationAndGeneralizationCoexist().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(both, unlearnt));
        Assert.False(Holds(unlearnt, both));
        Assert.False(Holds(both, both));
        Assert.False(Holds(unlearnt, unlearnt));
        Assert.False(Holds(both, new("diverged", [Diverged])));
    }

    private static IReadOnlyList<Finding> Judge(params LearningCurve[] curves) => MemorizationAndGeneralizationCoexist.Judge(new("runs", curves));

    // Memorises at step 50 and has 95 % validation accuracy at another.
    private static LearningCurve Run(
        double trainEarly = 0.99, double valEarly = 0.05, double trainLate = 0.95, double valLate = 0.95, int generalized = 250) =>
        Accuracies((50, trainEarly, valEarly), (generalized, 1, 0.95), (500, trainLate, valLate));
}

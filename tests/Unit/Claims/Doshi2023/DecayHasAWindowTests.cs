using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Doshi2023;

[Trait("Category", "Unit")]
public sealed class DecayHasAWindowTests
{
    private static readonly TrainedGroup Below = Runs("below", 1, 0.1);
    private static readonly TrainedGroup Inside = Runs("inside", 1, 1);
    private static readonly TrainedGroup Above = Runs("above", 0.02, 0.02);

    // Findings of two decays each: training accuracy below, validation accuracy below, above and inside, training accuracy above.
    [Theory]
    [InlineData(0.99, 0.2, -1)]
    [InlineData(0.98, 0.2, 1)]
    [InlineData(0.99, 0.21, 3)]
    public void Every_seed_below_memorises_and_does_not_generalise(double train, double val, int failing) =>
        AssertOnlyFails(failing, DecayHasAWindow.Judge([Below, Runs("below", train, val)], [Inside, Inside], [Above, Above]));

    [Theory]
    [InlineData(0.2, 0.2, -1)]
    [InlineData(0.2, 0.21, 5)]
    [InlineData(0.21, 0.2, 9)]
    public void No_seed_above_learns_anything(double train, double val, int failing) =>
        AssertOnlyFails(failing, DecayHasAWindow.Judge([Below, Below], [Inside, Inside], [Above, Runs("above", train, val)]));

    [Theory]
    [InlineData(0.99, -1)]
    [InlineData(0.98, 7)]
    public void Every_seed_inside_generalises(double val, int failing) =>
        AssertOnlyFails(failing, DecayHasAWindow.Judge([Below, Below], [Inside, Runs("inside", 1, val)], [Above, Above]));

    [Fact]
    public void The_verdict_refuses_the_window_in_another_place()
    {
        bool Holds(params TrainedGroup[] groups) => new DecayHasAWindow().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Below, Below, Inside, Inside, Above, Above));
        Assert.False(Holds(Inside, Inside, Below, Below, Above, Above));
        Assert.False(Holds(Below, Below, Above, Above, Inside, Inside));
        Assert.False(Holds(Inside, Inside, Inside, Inside, Inside, Inside));
    }

    // A run far from the bounds, and one with this training accuracy at the end and this best validation accuracy.
    private static TrainedGroup Runs(string name, double train, double val) =>
        new(name, [Accuracies((200, 1, val >= 0.9 ? 1 : 0.05), (500, train >= 0.9 ? 1 : 0.05, 0.05)), Accuracies((200, 1, val), (500, train, 0.05))]);
}

using Grokking.Claims;
using Grokking.Claims.Prieto2025;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Prieto2025;

[Trait("Category", "Unit")]
public sealed class OrthogonalGradientBeatsDecayTests
{
    private const int Never = -1;

    [Theory]
    [InlineData(1300, 3100, Never, -1)]
    [InlineData(3100, 3100, Never, 0)]
    [InlineData(Never, 3100, Never, 0)]
    [InlineData(1300, 3100, 2800, 1)]
    public void The_order_is_that_of_the_medians(int orthogonal, int decayed, int plain, int failing) =>
        AssertOnlyFails(failing, OrthogonalGradientBeatsDecay.Judge(At("orthogonal", orthogonal), At("decayed", decayed), At("plain", plain)));

    [Theory]
    [InlineData(0.99, -1)]
    [InlineData(0.98, 2)]
    public void Every_seed_of_neither_memorises(double train, int failing) => AssertOnlyFails(
        failing,
        OrthogonalGradientBeatsDecay.Judge(
            At("orthogonal", 1300), At("decayed", 3100), new("plain", [Accuracies((4000, 1, 0.02)), Accuracies((4000, train, 0.02))])));

    [Fact]
    public void The_verdict_refuses_any_other_order()
    {
        TrainedGroup soon = At("soon", 1300), later = At("later", 3100), never = At("never", Never);
        bool Holds(params TrainedGroup[] groups) => new OrthogonalGradientBeatsDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(soon, later, never));
        Assert.False(Holds(never, later, soon));
        Assert.False(Holds(later, soon, never));
        Assert.False(Holds(soon, soon, soon));
        Assert.False(Holds(soon, later, new("diverged", [Diverged])));
    }

    // Two of three seeds at the step.
    private static TrainedGroup At(string name, int step) => Group(name, 4000, step, step, Never);
}

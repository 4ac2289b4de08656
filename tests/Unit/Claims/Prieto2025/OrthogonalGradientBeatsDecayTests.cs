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

    [Fact]
    public void The_verdict_refuses_any_other_order()
    {
        TrainedGroup soon = At("soon", 1300), later = At("later", 3100), never = At("never", Never);
        bool Holds(params TrainedGroup[] groups) => new OrthogonalGradientBeatsDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(soon, later, never));
        Assert.False(Holds(never, later, soon));
        Assert.False(Holds(later, soon, never));
        Assert.False(Holds(soon, soon, soon));
    }

    // Two of three seeds at the step.
    private static TrainedGroup At(string name, int step) => Group(name, 4000, step, step, Never);
}

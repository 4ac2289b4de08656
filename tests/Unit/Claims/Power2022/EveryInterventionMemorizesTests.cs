using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class EveryInterventionMemorizesTests
{
    [Theory]
    [InlineData(500, -1)]
    [InlineData(501, 3)]
    [InlineData(10, -1)]
    [InlineData(9, 3)]
    public void No_run_is_farther_than_a_decade_from_any_other(int steps, int failing) =>
        AssertOnlyFails(failing, EveryInterventionMemorizes.Judge([At(50), At(100), At(steps)]));

    [Fact]
    public void A_run_that_never_learns_is_refused()
    {
        IReadOnlyList<Finding> findings = EveryInterventionMemorizes.Judge([At(100), At(100), new("never", [Curve(null, null)])]);

        Assert.Equal([true, true, false, false], findings.Select(finding => finding.Holds));
    }

    [Fact]
    public void The_verdict_needs_a_control_that_does_not_learn()
    {
        EveryInterventionMemorizes claim = new();
        TrainedGroup[] all = [.. Enumerable.Repeat(At(100), 9)];

        Assert.True(claim.Judge(Tier.Quick, [.. all, new("control", [Curve(null, null)])]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. all, At(100)]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [.. all[1..], new("never", [Curve(null, null)]), new("control", [Curve(null, null)])]).Holds);
    }

    private static TrainedGroup At(int steps) => new("group", [Curve(steps, null), Curve(steps, null)]);
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class FullBatchesCanGeneralizeTests
{
    [Theory]
    [InlineData(0.5, -1)]
    [InlineData(0.49, 0)]
    public void Half_of_the_equations_is_some_generalisation(double worst, int failing)
    {
        IReadOnlyList<Finding> findings = FullBatchesCanGeneralize.Judge(
            new("full", [Curve(100, 500), Curve(100, null, valAtMemorization: worst)]));

        Assert.Equal(failing < 0, findings[0].Holds);
    }

    [Fact]
    public void Symmetry_alone_is_not_enough()
    {
        LearningCurve curve = Curve(100, 500);
        LearningCurve mirrored = curve with { Points = [.. curve.Points.SkipLast(1), curve.Final with { MirrorFreeValAccuracy = 0.1 }] };

        AssertOnlyFails(1, FullBatchesCanGeneralize.Judge(new("full", [curve, mirrored])));
    }

    [Fact]
    public void The_verdict_needs_a_control_that_does_not_generalise()
    {
        TrainedGroup grokked = Group("grokked", 600, 100), never = Group("never", 600, -1);

        Assert.True(new FullBatchesCanGeneralize().Judge(Tier.Quick, [grokked, never, never]).Holds);
        Assert.False(new FullBatchesCanGeneralize().Judge(Tier.Quick, [grokked, never, grokked]).Holds);
        Assert.False(new FullBatchesCanGeneralize().Judge(Tier.Quick, [grokked, grokked, never]).Holds);
        Assert.False(new FullBatchesCanGeneralize().Judge(Tier.Quick, [never, never, never]).Holds);
    }
}

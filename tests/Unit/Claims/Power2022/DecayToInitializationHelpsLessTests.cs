using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class DecayToInitializationHelpsLessTests
{
    private static readonly TrainedGroup Origin = Group("origin", 2000, 1000, 1000, 1000);

    [Theory]
    [InlineData(1300, 0.2, -1)]
    [InlineData(1299, 0.2, 0)]
    [InlineData(1300, 0.99, 1)]
    public void Each_bound_is_held_for_itself(int initialization, double none, int failing) =>
        AssertOnlyFails(failing, DecayToInitializationHelpsLess.Judge(
            Origin, Group("initialisation", 2000, initialization), new("none", [Curve(100, null, valAtMemorization: none)])));

    [Fact]
    public void It_is_reported_and_says_why() => Assert.EndsWith(".", new DecayToInitializationHelpsLess().ReportedOnly, StringComparison.Ordinal);
}

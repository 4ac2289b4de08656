using Grokking.Claims;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class LearningRateWindowTests
{
    private static readonly TrainedGroup Tuned = Group("tuned", 2000, 700, 750, 800);
    private static readonly TrainedGroup Never = Group("never", 2000, -1, -1, -1);

    [Theory]
    [InlineData(1125, true)]
    [InlineData(1124, false)]
    public void The_others_have_to_be_half_as_fast_again(int median, bool holds) =>
        AssertOnlyFails(holds ? -1 : 1, LearningRateWindow.Judge(Tuned, [Group("other", 2000, median), Never]));

    [Fact]
    public void The_tuned_one_has_to_generalise_with_every_seed() =>
        Assert.False(LearningRateWindow.Judge(Group("tuned", 2000, 700, 750, -1), [Never, Never])[0].Holds);

    [Fact]
    public void The_verdict_needs_both_sides_of_the_window()
    {
        LearningRateWindow claim = new();

        Assert.True(claim.Judge(Tier.Quick, [Tuned, Never, Never]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Tuned, Tuned, Never]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Tuned, Never, Tuned]).Holds);
        Assert.False(claim.Judge(Tier.Quick, [Never, Tuned, Never]).Holds);
    }
}

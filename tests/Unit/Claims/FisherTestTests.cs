using Grokking.Claims;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class FisherTestTests
{
    // Fisher's own tea: four cups of either kind, three of four told right.
    [Fact]
    public void The_lady_tasting_tea_may_have_guessed() => Assert.Equal(17.0 / 70, FisherTest.PValue(3, 4, 1, 4), 1e-12);

    [Fact]
    public void All_right_is_one_of_seventy() => Assert.Equal(1.0 / 70, FisherTest.PValue(4, 4, 0, 4), 1e-12);

    [Fact]
    public void No_success_anywhere_says_nothing() => Assert.Equal(1, FisherTest.PValue(0, 10, 0, 10), 1e-12);

    [Fact]
    public void The_wrong_direction_is_no_evidence() => Assert.InRange(FisherTest.PValue(0, 24, 12, 24), 0.999, 1);
}

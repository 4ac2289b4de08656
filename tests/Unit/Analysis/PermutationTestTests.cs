using Grokking.Analysis;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class PermutationTestTests
{
    [Fact]
    public void What_chance_never_reaches_has_the_smallest_p() =>
        Assert.Equal(1.0 / 100, PermutationTest.PValue(10, 8, places => places.Length, deals: 99));

    [Fact]
    public void What_chance_always_reaches_has_p_1() => Assert.Equal(1, PermutationTest.PValue(8, 8, places => places.Length, deals: 99));

    // Label 0 has row 0 in one of five deals.
    [Fact]
    public void The_p_is_the_share_of_the_deals() =>
        Assert.InRange(PermutationTest.PValue(1, 5, places => places[0] == 0 ? 1 : 0), 0.15, 0.25);

    [Fact]
    public void The_same_data_have_the_same_p() =>
        Assert.Equal(
            PermutationTest.PValue(3, 9, places => places[4], deals: 50),
            PermutationTest.PValue(3, 9, places => places[4], deals: 50));
}

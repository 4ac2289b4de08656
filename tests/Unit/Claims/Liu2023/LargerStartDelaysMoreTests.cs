using Grokking.Claims;
using Grokking.Claims.Liu2023;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2023;

[Trait("Category", "Unit")]
public sealed class LargerStartDelaysMoreTests
{
    private static readonly TrainedGroup Small = Runs("small", 200, 210, 220, 230, 240);
    private static readonly TrainedGroup Drawn = Runs("drawn", 300, 310, 320, 330, 340);

    [Theory]
    [InlineData(961, -1)]
    [InlineData(959, 3)]
    public void The_delay_of_the_largest_start_is_a_multiple_of_the_next(int median, int failing) =>
        AssertOnlyFails(failing, LargerStartDelaysMore.Judge([Small, Drawn, Runs("large", 900, 901, median, 2000, 2100)]));

    [Fact]
    public void Two_runs_are_too_few_for_a_trend() =>
        AssertOnlyFails(0, LargerStartDelaysMore.Judge([Runs("small", 200), Runs("drawn", 300), Runs("large", 1000)]));

    [Theory]
    [InlineData(375, true)]
    [InlineData(376, false)]
    public void No_start_delays_clearly_less_than_the_one_before(int median, bool holds) => Assert.Equal(
        holds, LargerStartDelaysMore.Judge([Runs("small", 200, 210, median, 400, 410), Runs("drawn", 290, 295, 300, 330, 340), Runs("large", 2000)])[1].Holds);

    [Fact]
    public void A_run_that_never_generalises_counts_as_the_most_delayed() =>
        AssertOnlyFails(-1, LargerStartDelaysMore.Judge([Small, Drawn, new("large", [.. Enumerable.Repeat(Accuracies((100, 1, 0.1), (5000, 1, 0.1)), 5)])]));

    [Fact]
    public void The_verdict_refuses_delays_that_do_not_grow()
    {
        TrainedGroup large = Runs("large", 2000, 2100, 2200, 2300, 2400);
        bool Holds(params TrainedGroup[] groups) => new LargerStartDelaysMore().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Small, Drawn, large));
        Assert.False(Holds(large, Drawn, Small));
        Assert.False(Holds(large, large, large));
    }

    // Memorise at step 100 and generalise at these.
    private static TrainedGroup Runs(string name, params int[] generalized) =>
        new(name, [.. generalized.Select(step => Accuracies((100, 1, 0.1), (step, 1, 0.95)))]);
}

using Grokking.Claims;
using Grokking.Claims.Liu2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

[Trait("Category", "Unit")]
public sealed class RepresentationMustOutpaceDecoderTests
{
    // 6 of ten beside none has the probability C(10, 6)/C(20, 6) = 0.005 by chance.
    [Theory]
    [InlineData(6, 0, 10, -1)]
    [InlineData(10, 1, 10, 2)]
    [InlineData(10, 0, 9, 3)]
    public void Each_corner_is_held_to_its_bounds(int aheadGetsMost, int behindGeneralizes, int behindFits, int failing) => AssertOnlyFails(
        failing, RepresentationMustOutpaceDecoder.Judge(Runs(fit: 10, mostRight: aheadGetsMost), Runs(behindFits, behindGeneralizes, behindGeneralizes)));

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public void Half_of_the_seeds_are_not_most_of_them(int mostRight, bool holds) =>
        Assert.Equal(holds, RepresentationMustOutpaceDecoder.Judge(Runs(fit: 10, mostRight), Runs(fit: 10, mostRight: 0))[1].Holds);

    [Fact]
    public void The_verdict_refuses_the_corners_in_each_others_place()
    {
        TrainedGroup ahead = Runs(fit: 10, mostRight: 8), behind = Runs(fit: 10, mostRight: 0);
        bool Holds(params TrainedGroup[] groups) => new RepresentationMustOutpaceDecoder().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(ahead, behind));
        Assert.False(Holds(behind, ahead));
        Assert.False(Holds(ahead, ahead));
        Assert.False(Holds(behind, behind));
    }

    // Ten runs: the first few fit, get just more than half of the unseen sums right, or generalise.
    private static TrainedGroup Runs(int fit, int mostRight, int generalize = 0) => new(
        "runs",
        [.. Enumerable.Range(0, 10).Select(run => Accuracies((100, run < fit ? 0.9 : 0.89, run < generalize ? 0.9 : run < mostRight ? 0.51 : 0.5)))]);
}

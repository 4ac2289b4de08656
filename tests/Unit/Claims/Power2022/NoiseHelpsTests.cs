using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class NoiseHelpsTests
{
    [Theory]
    [InlineData(0.16, true)]
    [InlineData(0.14, false)]
    public void The_median_of_the_noisy_seeds_leads_by_ten_points(double median, bool holds) =>
        AssertOnlyFails(holds ? -1 : 0, NoiseHelps.Judge(Best(0.01, median, 0.5), Best(0.02, 0.05)));

    [Fact]
    public void The_verdict_refuses_full_batches_in_the_place_of_small_ones()
    {
        TrainedGroup full = Best(0.05, 0.04), small = Best(0.5, 0.6);

        Assert.True(new NoiseHelps().Judge(Tier.Quick, [full, small, full, full]).Holds);
        Assert.False(new NoiseHelps().Judge(Tier.Quick, [small, full, full, full]).Holds);
    }

    [Fact]
    public void The_verdict_refuses_full_batches_that_did_not_train()
    {
        TrainedGroup small = Best(0.5, 0.6), untrained = new("full", [Accuracies((1200, 0.94, 0.04)), Accuracies((1200, 1, 0.04))]);

        Assert.False(new NoiseHelps().Judge(Tier.Quick, [untrained, small, small, small]).Holds);
    }
}

using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class HarderOperationsNeedMoreDataTests
{
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void Too_little_is_too_little_for_every_seed(double best, bool holds) =>
        Assert.Equal(holds, HarderOperationsNeedMoreData.JudgeTooLittle(Best(0.1, best)).Holds);

    [Theory]
    [InlineData(0.51, true)]
    [InlineData(0.5, false)]
    public void Enough_is_enough_for_every_seed(double best, bool holds) =>
        Assert.Equal(holds, HarderOperationsNeedMoreData.JudgeEnough(Best(0.99, best)).Holds);

    [Fact]
    public void What_symmetry_answers_does_not_count()
    {
        TrainedGroup plain = Best(0.99);
        TrainedGroup mirrored = plain with
        {
            Curves = [.. plain.Curves.Select(curve => curve with { Points = [.. curve.Points.Select(point => point with { MirrorFreeValAccuracy = 0.1 })] })],
        };

        Assert.False(HarderOperationsNeedMoreData.JudgeEnough(mirrored).Holds);
        Assert.True(HarderOperationsNeedMoreData.JudgeTooLittle(mirrored).Holds);
    }

    [Theory]
    [InlineData(Tier.Quick)]
    [InlineData(Tier.Paper)]
    public void Every_operation_on_the_other_side_is_a_failure(Tier tier)
    {
        HarderOperationsNeedMoreData claim = new();
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.1);
        TrainedGroup[] right = [.. claim.Groups(tier).Select(_ => enough)];
        for (int i = 0; i < right.Length; i++)
        {
            // A group is either enough or too little; the judge says which by failing the other.
            right[i] = tooLittle;
            bool isTooLittle = claim.Judge(tier, right).Evidence[i].Holds;
            right[i] = isTooLittle ? tooLittle : enough;
        }

        Assert.True(claim.Judge(tier, right).Holds);
        Assert.All(Enumerable.Range(0, right.Length), i =>
        {
            TrainedGroup[] wrong = [.. right];
            wrong[i] = ReferenceEquals(right[i], enough) ? tooLittle : enough;
            Assert.False(claim.Judge(tier, wrong).Holds);
        });
    }
}

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

    [Fact]
    public void Too_little_data_has_to_have_trained()
    {
        Assert.True(HarderOperationsNeedMoreData.JudgeTrained([Best(0.1), new("slow", [Accuracies((1000, 0.9, 0.1))])]).Holds);
        Assert.False(HarderOperationsNeedMoreData.JudgeTrained([Best(0.1), new("untrained", [Accuracies((1000, 0.89, 0.1))])]).Holds);
    }

    [Fact]
    public void The_share_that_an_operation_needs_is_between_what_was_too_little_and_what_was_enough()
    {
        HarderOperationsNeedMoreData claim = new();
        IReadOnlyList<RunGroup> groups = claim.Groups(Tier.Quick);
        TrainedGroup[] enough = [.. groups.Select(_ => Best(0.99))], tooLittle = [.. groups.Select(_ => Best(0.1))], neither = [.. groups.Select(_ => Best(0.1, 0.99))];
        TrainedGroup[] right = [tooLittle[0], enough[1], .. tooLittle[2..]];
        string Needed(TrainedGroup[] trained) => claim.Published[0].Ours(Tier.Quick, trained);

        Assert.StartsWith("x²+y² 10 to 40 %; x+y more than 40 %; ", Needed(right), StringComparison.Ordinal);
        Assert.StartsWith("x²+y² 10 % or less; x+y 20 % or less; ", Needed(enough), StringComparison.Ordinal);
        Assert.StartsWith("x²+y² not told; x+y not told; ", Needed(neither), StringComparison.Ordinal);
        Assert.StartsWith("x²+y² not told; ", Needed([enough[0], .. tooLittle[1..]]), StringComparison.Ordinal);
        Assert.StartsWith("x²+y² 40 % or less; ", Needed([new("untrained", [Accuracies((1000, 0.89, 0.1))]), .. enough[1..]]), StringComparison.Ordinal);
    }

    // By the place of the class and fraction in the claim: + is enough, - too little.
    [Theory]
    [InlineData(
        Tier.Quick,
        "x²+y² 10 -, x²+y² 40 +, x+y 20 -, x+y 40 +, x·y 20 -, x·y 40 +, x-y 30 -, x-y 50 +, x/y 30 -, x/y 50 +, x²+xy+y² 50 -, x²+xy+y² 80 +, x²+xy+y²+x 50 -, x²+xy+y²+x 80 +, x³+xy 50 -, x³+xy 90 +, [x/y|x-y] 50 -, x³+xy²+y 95 -")]
    [InlineData(
        Tier.Paper,
        "x²+y² 50 +, x+y 10 -, x+y 50 +, x-y 10 -, x-y 50 +, x·y 10 -, x·y 50 +, x/y 10 -, x/y 50 +, x²+xy+y² 80 +, x²+xy+y²+x 50 -, x²+xy+y²+x 95 +, [x/y|x-y] 50 -, [x/y|x-y] 95 +, x³+xy 50 -, x³+xy 95 +, x³+xy²+y 95 -")]
    public void Every_operation_on_the_other_side_is_a_failure(Tier tier, string expected)
    {
        HarderOperationsNeedMoreData claim = new();
        string[][] tried = [.. expected.Split(", ").Select(each => each.Split(' '))];
        TrainedGroup enough = Best(0.99), tooLittle = Best(0.1);
        TrainedGroup[] right = [.. tried.Select(each => each is [.., "+"] ? enough : tooLittle)];

        Assert.Equal(
            tried.Select(each => $"{each[0]} mod {(tier == Tier.Quick ? 43 : 97)}, {each[1]} % data"),
            claim.Groups(tier).Select(group => group.Name.Replace("small model, ", "", StringComparison.Ordinal)),
            StringComparer.Ordinal);
        Assert.True(claim.Judge(tier, right).Holds);
        Assert.All(Enumerable.Range(0, right.Length), i =>
        {
            TrainedGroup[] wrong = [.. right];
            wrong[i] = ReferenceEquals(right[i], enough) ? tooLittle : enough;
            Assert.False(claim.Judge(tier, wrong).Holds);
        });
    }
}

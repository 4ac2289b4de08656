using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class ClaimRunTests
{
    private static readonly Claim Claim = new GrokkingPastOverfitting();

    public static TheoryData<int, Tier> Claims
    {
        get
        {
            var claims = new TheoryData<int, Tier>();
            for (int i = 0; i < ClaimCatalogue.All.Count; i++)
            {
                claims.Add(i, Tier.Quick);
                claims.Add(i, Tier.Paper);
            }

            return claims;
        }
    }

    [Fact]
    public void Curves_and_origins_go_to_the_groups_in_order()
    {
        int count = Claim.Experiments(Tier.Quick).Count;
        LearningCurve[] curves = [.. Enumerable.Range(0, count).Select(i => TypedCurves.Curve(100 + i, 2000))];
        RunOrigin[] origins = [.. Enumerable.Range(0, count).Select(i => (RunOrigin)(i % 3))];

        ClaimRun run = ClaimRun.Of(
            Claim, Tier.Quick, "engine", [.. TypedCurves.Runs(curves).Zip(origins, (trained, origin) => trained with { Origin = origin })]);

        Assert.Equal(Claim.Groups(Tier.Quick).Select(group => group.Name), run.Groups.Select(group => group.Name), StringComparer.Ordinal);
        Assert.Equal(Claim.Experiments(Tier.Quick), [.. run.Groups.SelectMany(group => group.Experiments)]);
        Assert.Equal<LearningCurve>(curves, [.. run.Groups.SelectMany(group => group.Curves)]);
        Assert.Equal<RunOrigin>(origins, [.. run.Groups.SelectMany(group => group.Origins)]);
        Assert.All(run.Groups, group => Assert.Equal(group.Experiments.Count, group.Curves.Count));
        Assert.Equal(count, run.Runs);
        Assert.Equal([0UL, 1, 2, 3, 4], run.Seeds);
        Assert.Equal(Claim.Judge(Tier.Quick, curves).Effect, run.Verdict.Effect);
    }

    [Fact]
    public void Every_run_needs_its_origin()
    {
        LearningCurve[] curves = [.. Claim.Experiments(Tier.Quick).Select(_ => TypedCurves.Curve(100, 2000))];

        ArgumentException thrown = Assert.Throws<ArgumentException>(
            "origins", () => ClaimRun.Of(Claim, Tier.Quick, "engine", TypedCurves.Groups(Claim, Tier.Quick, curves), [RunOrigin.Trained]));

        Assert.Contains($"{curves.Length} runs and 1 origins", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Every_published_number_stands_beside_one_of_ours(int claim, Tier tier)
    {
        Claim each = ClaimCatalogue.All[claim];
        LearningCurve[] curves = [.. each.Experiments(tier).Select((_, i) => TypedCurves.Curve(100, 2000 + i))];
        LearningCurve[] nothing = [.. curves.Select(_ => TypedCurves.Curve(null, null))];

        IReadOnlyList<TrainedGroup> trained = TypedCurves.Groups(each, tier, curves), untrained = TypedCurves.Groups(each, tier, nothing);
        Assert.NotEmpty(each.Published);
        Assert.All(each.Published, figure =>
        {
            string ours = figure.Ours(tier, trained);
            string ofNothing = figure.Ours(tier, untrained);
            Assert.NotEmpty(figure.What);
            Assert.NotEmpty(figure.Value);
            Assert.Matches(@"Figure|§|Theorem|Appendix|Nanda|A\.\d|notebook|result files|arXiv", figure.Source);
            Assert.NotEmpty(ours);
            Assert.DoesNotContain("NaN", ours + ofNothing, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Our_side_of_Figure_1_is_read_off_the_headline_group()
    {
        LearningCurve[] curves = [.. Claim.Experiments(Tier.Quick).Select((_, i) => TypedCurves.Curve(100 + (10 * i), 2000, peakLoss: 9.149))];
        IReadOnlyList<TrainedGroup> groups = TypedCurves.Groups(Claim, Tier.Quick, curves);

        Assert.Equal(
            ["100 to 110 (n = 2)", "2,000 (n = 2)", "18.2× to 20.0× (n = 2)", "2.0× (n = 2)"],
            Claim.Published.Select(figure => figure.Ours(Tier.Quick, groups)),
            StringComparer.Ordinal);
    }
}

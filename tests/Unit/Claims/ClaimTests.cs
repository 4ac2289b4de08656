using Grokking.Claims;
using Grokking.Claims.Power2022;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class ClaimTests
{
    private static IReadOnlyList<Claim> All => ClaimCatalogue.All;

    public static TheoryData<int, Tier> Claims
    {
        get
        {
            var claims = new TheoryData<int, Tier>();
            for (int i = 0; i < All.Count; i++)
            {
                claims.Add(i, Tier.Quick);
                claims.Add(i, Tier.Paper);
            }

            return claims;
        }
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Every_experiment_is_valid_and_no_two_groups_share_a_name(int claim, Tier tier)
    {
        IReadOnlyList<RunGroup> groups = All[claim].Groups(tier);

        Assert.NotEmpty(groups);
        Assert.Equal(groups.Count, groups.Select(group => group.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(groups, group => Assert.NotEmpty(group.Experiments));
        Assert.All(All[claim].Experiments(tier), experiment => experiment.Validate());
        Assert.All(
            All[claim].Experiments(tier).Select(experiment => experiment with { Seed = 0 }).DistinctBy(experiment => (experiment.Task, experiment.Convention)),
            experiment => Assert.Equal(experiment.Task.CountExamples(), ExampleSets.Of(experiment).Trained.Count));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Runs_of_a_group_differ_in_their_seed_and_groups_in_more_than_that(int claim, Tier tier)
    {
        IReadOnlyList<RunGroup> groups = All[claim].Groups(tier);

        Assert.All(groups, group => Assert.Equal(
            Enumerable.Range(0, group.Experiments.Count).Select(seed => group.Experiments[0] with { Seed = (ulong)seed }), group.Experiments));
        Assert.Equal(groups.Count, groups.Select(group => group.Experiments[0]).Distinct().Count());
        Assert.Equal(All[claim].Experiments(tier), [.. groups.SelectMany(group => group.Experiments)]);
        Assert.Equal(All[claim].Experiments(tier), All[claim].Experiments(tier));
    }

    [Fact]
    public void Every_claim_says_what_where_and_how_it_differs()
    {
        Assert.Equal(All.Count, All.Select(claim => claim.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(All, claim =>
        {
            Assert.Matches("^[a-z][a-z0-9-]+$", claim.Name);
            Assert.EndsWith(".", claim.Statement, StringComparison.Ordinal);
            Assert.Matches(@"^([A-Z]\w+( et al\.)? 20\d\d( \(""\w+""\))?|arXiv \d{4}\.\d{5})[,;]", claim.Source);
            Assert.NotEmpty(claim.Deviations);
            Assert.All(claim.Deviations, deviation => Assert.EndsWith(".", deviation, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void At_the_paper_tier_a_claim_lists_the_deviations_of_what_it_trains_there() => Assert.All(All, claim =>
    {
        bool same = claim.Experiments(Tier.Paper).SequenceEqual(claim.Experiments(Tier.Quick));
        Assert.Equal(claim.Deviations, claim.DeviationsAt(Tier.Quick));
        Assert.Equal(same ? claim.Deviations : claim.PaperDeviations, claim.DeviationsAt(Tier.Paper));
        Assert.All(claim.PaperDeviations, deviation => Assert.EndsWith(".", deviation, StringComparison.Ordinal));
        Assert.False(same && claim.PaperDeviations.Count > 0, $"{claim.Name} trains the same at both tiers.");
        Assert.False(same && claim.Source.StartsWith("Power et al. 2022", StringComparison.Ordinal), $"{claim.Name} has no paper tier.");
    });

    // Equal experiments are trained once.
    [Fact]
    public void Claims_share_runs_that_are_the_same_experiment()
    {
        Experiment[] runs = [.. All.SelectMany(claim => claim.Experiments(Tier.Quick))];

        Assert.InRange(runs.Length, 1.25 * runs.Distinct().Count(), double.PositiveInfinity);
        Assert.All(
            new[] { QuickSmall.Of(Operations.Subtract, 0.6), QuickSmall.Within(Operations.Add, 0.6), QuickHeadline.Add(0.3) },
            shared => Assert.InRange(runs.Count(run => run == shared), 2, int.MaxValue));
    }

    [Fact]
    public void A_judge_gets_the_curves_group_by_group_in_order()
    {
        var claim = new RecordingClaim([2, 1, 3]);
        LearningCurve[] curves = [.. Enumerable.Range(1, 6).Select(budget => TypedCurves.Curve(1, 2, budget: budget))];

        claim.Judge(Tier.Quick, claim.Read(Tier.Quick, TypedCurves.Runs(curves)));

        Assert.Equal(["group 0: 1 2", "group 1: 3", "group 2: 4 5 6"], claim.Judged);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Another_number_of_curves_is_refused(int count)
    {
        var claim = new RecordingClaim([2, 1, 3]);
        LearningCurve[] curves = [.. Enumerable.Repeat(TypedCurves.Curve(1, 2), count)];

        ArgumentException thrown = Assert.Throws<ArgumentException>("runs", () => claim.Read(Tier.Quick, TypedCurves.Runs(curves)));

        Assert.Contains($"recording judges 6 runs, not {count}.", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(claim.Judged);
    }

    [Fact]
    public void A_group_reads_what_it_asks_of_the_weights_of_each_run()
    {
        var sum = new WeightStatistic("sum", (experiment, run) => experiment.Seed + run.Parameters.Span[0]);
        RunGroup group = RunGroup.Seeds("runs", Presets.Small, 2) with { Statistics = [sum] };
        var layout = new ParameterLayout();
        layout.Add("w", 1, 1);

        var trained = TrainedGroup.Of(
            group,
            [Run(0.25f), Run(0.5f)]);

        Assert.Equal<double>([0.25, 1.5], trained.Of(sum));

        TrainedRun Run(float weight) => new(TypedCurves.Curve(1, 2), layout, Enumerable.Repeat(weight, 1).ToArray());
    }

    /// <summary>A claim that keeps what its judge was given; its curves are told apart by their budgets.</summary>
    private sealed class RecordingClaim(int[] seeds) : Claim
    {
        public List<string> Judged { get; } = [];

        public override string Name => "recording";

        public override string Statement => "Groups reach the judge.";

        public override string Source => "none";

        public override IReadOnlyList<string> Deviations => [];

        public override IReadOnlyList<PublishedFigure> Published => [];

        public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
            [.. seeds.Select((count, i) => RunGroup.Seeds($"group {i}", Presets.Small with { Steps = i + 1 }, count))];

        public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
        {
            Judged.AddRange(groups.Select(group => $"{group.Name}: {string.Join(' ', group.Curves.Select(curve => curve.Budget))}"));
            return Verdict.Of("recorded");
        }
    }
}

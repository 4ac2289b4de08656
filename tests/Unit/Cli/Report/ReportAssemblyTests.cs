using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class ReportAssemblyTests
{
    private static readonly FakeClaim s_claim = new("late", holds: true);
    private static readonly FalseAlarms s_alarms = new(12, 1000, 7);

    [Fact]
    public void Runs_of_two_machines_have_two_values_of_what_differs()
    {
        ReportContent content = Of(("os", "A", "B"), ("runtime", "same", "same"));

        Assert.Equal([new EnvironmentFact("os", "A; B"), new EnvironmentFact("runtime", "same")], content.Environment);
    }

    [Fact]
    public void Runs_keep_the_claims_order_and_count_as_cached()
    {
        ClaimRun run = Assert.Single(Of().Claims).Run!;

        Assert.Equal([RunOrigin.Cached, RunOrigin.Cached], run.Groups.Single().Origins);
        Assert.Equal(0, run.Groups[0].Curves[0].Budget);
        Assert.Equal(1, run.Groups[0].Curves[1].Budget);
        Assert.Equal(["folder 0", "folder 1"], Of().Claims[0].Artefacts.Select(artefact => artefact.Folder), StringComparer.Ordinal);
    }

    [Fact]
    public void False_alarms_are_of_the_tier_that_was_calibrated()
    {
        Assert.Equal(s_alarms, Of().Claims[0].FalseAlarms);
        Assert.Null(Of(Tier.Paper).Claims[0].FalseAlarms);
    }

    [Fact]
    public void The_tool_carries_the_false_alarms_of_its_claims()
    {
        IReadOnlyDictionary<string, FalseAlarms> alarms = FalseAlarms.Read(EmbeddedAsset.Calibrations.Select(asset => (asset.Name, asset.Text)));

        Assert.NotEmpty(alarms);
        Assert.Empty(alarms.Keys.Except(ClaimCatalogue.All.Select(claim => claim.Name), StringComparer.Ordinal));
    }

    private static ReportContent Of(params (string Name, string First, string Second)[] environment) => Of(Tier.Quick, environment);

    private static ReportContent Of(Tier tier, params (string Name, string First, string Second)[] environment) => ReportAssembly.Of(
        [s_claim],
        tier,
        "test-1",
        experiment => $"key {experiment.Seed}",
        s_claim.Experiments(Tier.Quick).ToDictionary(
            experiment => $"key {experiment.Seed}",
            experiment => new KeptRun(
                new RunArtefact($"key {experiment.Seed}", $"folder {experiment.Seed}"),
                SynthesizedRuns.Curve(experiment) with { Budget = (int)experiment.Seed },
                environment.ToDictionary(fact => fact.Name, fact => experiment.Seed == 0 ? fact.First : fact.Second, StringComparer.Ordinal),
                () => throw new InvalidOperationException("nobody asked for the weights")),
            StringComparer.Ordinal),
        new Dictionary<string, FalseAlarms>(StringComparer.Ordinal) { [s_claim.Name] = s_alarms });
}

using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class ReportAssemblyTests
{
    private static readonly FakeClaim s_claim = new("late", holds: true);

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

    private static ReportContent Of(params (string Name, string First, string Second)[] environment) => ReportAssembly.Of(
        [s_claim],
        Tier.Quick,
        "test-1",
        experiment => $"key {experiment.Seed}",
        s_claim.Experiments(Tier.Quick).ToDictionary(
            experiment => $"key {experiment.Seed}",
            experiment => new KeptRun(
                new RunArtefact($"key {experiment.Seed}", $"folder {experiment.Seed}"),
                SynthesizedRuns.Curve(experiment) with { Budget = (int)experiment.Seed },
                environment.ToDictionary(fact => fact.Name, fact => experiment.Seed == 0 ? fact.First : fact.Second, StringComparer.Ordinal),
                () => throw new InvalidOperationException("nobody asked for the weights")),
            StringComparer.Ordinal));
}

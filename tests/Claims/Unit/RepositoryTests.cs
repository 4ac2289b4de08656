using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Reporting;
using Grokking.Tests.Claims.Reports;
using Grokking.Tests.Claims.Snapshots;
using Grokking.Training;

namespace Grokking.Tests.Claims.Unit;

/// <summary>Holds committed files to one another.</summary>
[Trait("Category", "Unit")]
public sealed partial class RepositoryTests
{
    private const string UpdateVariable = "GROKKING_UPDATE_README";

    // Of a row of the paper tier that is split at its bars: the first that holds what was measured.
    private const int MeasuredColumn = 5;

    [Fact]
    public void Every_approved_file_belongs_to_a_claim()
    {
        IReadOnlyList<string> dangling = ApprovedFiles.Dangling(RepositoryPaths.Approved, ApprovedFiles.Expected);

        Assert.True(
            dangling.Count == 0,
            "No claim's test asks for these files in tests/Claims/approved; delete them or restore their tests: " + string.Join(", ", dangling));
    }

    [Fact]
    public void Every_claim_has_an_approved_file()
    {
        IEnumerable<string?> approved = Directory.EnumerateFiles(RepositoryPaths.Approved, "*_quick.verified.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!["claim"]!.GetValue<string>());

        Assert.Equal(ClaimCatalogue.All.Select(claim => claim.Name).Order(StringComparer.Ordinal), approved.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_in_the_README_is_that_of_the_approved_snapshots()
    {
        string readme = File.ReadAllText(RepositoryPaths.Readme).ReplaceLineEndings("\n");

        string wanted = ReadmeTable.Insert(readme, ReadmeTable.From(RepositoryPaths.Approved, RepositoryPaths.Calibrations));

        if (!string.Equals(readme, wanted, StringComparison.Ordinal))
        {
            bool update = string.Equals(Environment.GetEnvironmentVariable(UpdateVariable), "1", StringComparison.Ordinal);
            if (update)
            {
                File.WriteAllText(RepositoryPaths.Readme, wanted);
            }

            Assert.Fail(update
                ? "README.md had another table and has been rewritten: look at the difference and commit it."
                : "README.md's table of claims is not the one of the approved snapshots and the calibrations. To rewrite it:\n" +
                  $"  {UpdateVariable}=1 dotnet test --filter FullyQualifiedName~{nameof(The_table_in_the_README_is_that_of_the_approved_snapshots)}");
        }
    }

    [Fact]
    public void Claims_that_gate_fail_on_one_in_a_thousand_draws_at_most()
    {
        IReadOnlyDictionary<string, FalseAlarms> alarms = ReadmeTable.Alarms(RepositoryPaths.Calibrations);

        IEnumerable<string> tooOften = ClaimCatalogue.All.Where(claim => claim.ReportedOnly is null && 1000 * alarms[claim.Name].Failed > alarms[claim.Name].Drawn)
            .Select(claim => $"{claim.Name}: {alarms[claim.Name].InWords}");

        Assert.Empty(tooOften);
    }

    [Fact]
    public void The_calibrations_are_of_the_groups_that_the_claims_have()
    {
        ILookup<string, CalibratedRun> calibrated = Calibrated();

        Assert.All(ClaimCatalogue.All, claim => Assert.Equal(
            claim.Groups(Tier.Quick).Select(group => group.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            calibrated[claim.Name].Select(row => row.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    // The steps of an experiment may change without the name of its group.
    [Fact]
    public void The_calibrations_have_the_seeds_and_the_budgets_of_the_claims()
    {
        ILookup<string, CalibratedRun> calibrated = Calibrated();

        IEnumerable<string> others =
            from claim in ClaimCatalogue.All
            from trained in claim.Groups(Tier.Quick)
            from runs in calibrated[claim.Name].Where(row => string.Equals(row.Group, trained.Name, StringComparison.Ordinal)).GroupBy(row => row.Set)
            where !runs.Select(row => row.Seed - (1000 * ((ulong)runs.Key + 1))).Order().SequenceEqual(trained.Experiments.Select(run => run.Seed).Order())
                || runs.Any(row => !row.MayBeOf(trained.Experiments[0]))
            select $"{claim.Name}, {trained.Name}, set {runs.Key}";

        Assert.Empty(others);
    }

    [Fact]
    public void The_exact_statements_of_the_README_name_tests_that_there_are()
    {
        MatchCollection links = TestLink().Matches(File.ReadAllText(RepositoryPaths.Readme));

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(
            $"void {link.Groups["name"].Value}(", File.ReadAllText(Path.Combine(RepositoryPaths.Root, link.Groups["file"].Value)), StringComparison.Ordinal));
    }

    // Hours are measured; what they are hours of is in the catalogue.
    [Fact]
    public void The_costs_of_the_paper_tier_are_of_the_runs_that_its_claims_train()
    {
        HashSet<Experiment> trained = [];
        List<string> wanted = [];
        foreach (Claim claim in ClaimCatalogue.All)
        {
            IReadOnlyList<Experiment> runs = claim.Experiments(Tier.Paper);
            Experiment[] added = [.. runs.Where(trained.Add)];
            wanted.Add(FormattableString.Invariant($"| {claim.Name} | {runs.Count:N0} | {added.Length:N0} | {added.Sum(run => (long)run.Steps):N0} | "));
        }

        wanted.Add(FormattableString.Invariant($"| all |  | {trained.Count:N0} | {trained.Sum(run => (long)run.Steps):N0} | "));

        IEnumerable<string> rows = File.ReadLines(RepositoryPaths.PaperTier).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2);

        string[] written = [.. rows.Select(row => $"{string.Join('|', row.Split('|')[..MeasuredColumn])}| ")];
        Assert.True(
            wanted.SequenceEqual(written, StringComparer.Ordinal),
            "docs/paper-tier.md is to have what `dotnet run -c Release --project bench -- paper` prints; other are: "
            + string.Join(' ', wanted.Except(written, StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"\[(?<name>\w+)\]\((?<file>tests/Unit/[\w/]+\.cs)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestLink();

    private static ILookup<string, CalibratedRun> Calibrated() => Directory.EnumerateFiles(RepositoryPaths.Calibrations, "*.csv")
        .SelectMany(File.ReadLines)
        .Select(line => CalibrationRow().Match(line))
        .Where(row => row.Success)
        .ToLookup(row => row.Groups["claim"].Value, CalibratedRun.Of, StringComparer.Ordinal);

    [GeneratedRegex(
        """^(?<claim>[a-z0-9-]+),(?<set>[0-9]+),("(?<group>([^"]|"")*)"|(?<group>[^",]*)),(?<seed>[0-9]+),([^,]*,){3}(?<val99>[0-9]*),([^,]*,){5}(?<last>[0-9]+),""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CalibrationRow();

    private sealed record CalibratedRun(int Set, string Group, ulong Seed, bool Generalized, int LastStep)
    {
        public static CalibratedRun Of(Match row) => new(
            int.Parse(row.Groups["set"].Value, CultureInfo.InvariantCulture),
            row.Groups["group"].Value.Replace("\"\"", "\"", StringComparison.Ordinal),
            ulong.Parse(row.Groups["seed"].Value, CultureInfo.InvariantCulture),
            row.Groups["val99"].Length > 0,
            int.Parse(row.Groups["last"].Value, CultureInfo.InvariantCulture));

        public bool MayBeOf(Experiment experiment) =>
            LastStep == experiment.Steps || (experiment.Stopping == StoppingRule.WhenGeneralized && Generalized && LastStep < experiment.Steps);
    }
}

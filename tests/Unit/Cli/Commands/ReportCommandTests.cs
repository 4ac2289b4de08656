using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class ReportCommandTests : IDisposable
{
    private const string Engine = "test-1";

    private static readonly IReadOnlyList<NamedTensor> s_weights = [new("W", [1], new[] { 1f })];

    private readonly string _folder = Directory.CreateTempSubdirectory("report").FullName;
    private readonly RecordedConsole _console = new();
    private readonly RunStore _store;

    public ReportCommandTests() => _store = new RunStore(Path.Combine(_folder, "store"));

    private string File => Path.Combine(_folder, "out.html");

    public void Dispose()
    {
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_claim_whose_runs_are_stored_is_judged_and_shown_as_cached()
    {
        var claim = new FakeClaim("late", holds: true);
        Store(claim, count: 2);

        int code = await Run([claim], "--out", File);
        string page = await System.IO.File.ReadAllTextAsync(File);

        Assert.Equal((int)ExitCode.Success, code);
        Assert.Equal($"{File}: 1 of 1 claims hold (cached: 2 runs in {_store.Root})", Assert.Single(_console.OutputLines));
        Assert.Empty(_console.Error);
        Assert.Contains("✓ holds", page, StringComparison.Ordinal);
        Assert.Contains("2 runs in 1 group (cached)", page, StringComparison.Ordinal);
        Assert.All(claim.Experiments(Tier.Quick), experiment => Assert.Contains(RunKey.Of(experiment, Engine).Hash, page, StringComparison.Ordinal));
        Assert.Contains("<dt>runtime</dt>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_without_all_of_its_runs_is_not_judged()
    {
        var claim = new FakeClaim("late", holds: true) { Judges = () => throw new InvalidOperationException("judged") };
        Store(claim, count: 1);

        int code = await Run([claim], "--out", File);

        Assert.Equal((int)ExitCode.Success, code);
        Assert.Equal("late: not run, 1 of 2 runs are there; grok claims late --engine cpu trains the others", _console.OutputLines[^1]);
        Assert.Contains(RunKey.Of(claim.Experiments(Tier.Quick)[1], Engine).Hash, await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_tier_and_the_other_engine_have_other_runs()
    {
        var claim = new FakeClaim("late", holds: true);
        Store(claim, count: 2);

        await Run([claim], "--out", File, "--tier", "paper");
        Assert.Contains("late: not run, 0 of 2 runs are there; grok claims late --tier paper --engine cpu trains the others", _console.Output, StringComparison.Ordinal);

        int code = await Run([claim], "--out", File, "--engine", "test-2");
        Assert.Equal((int)ExitCode.NothingMatched, code);
        Assert.Equal($"--engine is \"test-2\"; {_store.Root} has runs of: test-1.", _console.ErrorLines[^1]);
    }

    [Fact]
    public async Task Markdown_alone_goes_to_the_standard_output()
    {
        var claim = new FakeClaim("late", holds: false);
        Store(claim, count: 2);

        int code = await Run([claim], "--markdown");

        Assert.Equal((int)ExitCode.Success, code);
        Assert.StartsWith("## Grokking: 0 of 1 claims hold\n", _console.Output, StringComparison.Ordinal);
        Assert.Contains("| late | ✗ does not hold | 3× later | 2 (cached) | 0, 1 |\n", _console.Output, StringComparison.Ordinal);
        Assert.EndsWith("</details>\n", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_run_is_named_and_not_used()
    {
        var claim = new FakeClaim("late", holds: true);
        Store(claim, count: 2);
        string curve = Directory.EnumerateFiles(_store.Root, "curve.csv", SearchOption.AllDirectories).First();
        await System.IO.File.WriteAllTextAsync(curve, (await System.IO.File.ReadAllTextAsync(curve)).Replace("0.99", "0.98", StringComparison.Ordinal));

        await Run([claim], "--out", File);

        Assert.Matches("^Left out: v1/runs/[0-9a-f]{2}/[0-9a-f]{64}: .+", Assert.Single(_console.ErrorLines));
        Assert.Contains("late: not run, 1 of 2 runs are there", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_store_gives_the_same_page()
    {
        var claim = new FakeClaim("late", holds: true);
        Store(claim, count: 2);

        await Run([claim], "--out", File);
        byte[] first = await System.IO.File.ReadAllBytesAsync(File);
        await Run([claim], "--out", File);

        Assert.Equal(first, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Theory]
    [InlineData("--tier", "huge", "--tier is \"huge\"; allowed: quick, paper.")]
    [InlineData("--out", "", "--out is empty; it has to name a path.")]
    [InlineData("--out", "nowhere/report.html", "--out cannot write \"nowhere/report.html\": its folder is not there.")]
    [InlineData("--markdow", null, "\"--markdow\" is no option; did you mean --markdown?")]
    public async Task What_cannot_be_done_is_refused_before_the_store_is_read(string option, string? value, string message)
    {
        int code = await _console.Run(
            [ReportCommand.Create(_console.Console, [], Engine, _ => throw new InvalidOperationException("read"))], value is not null ? ["report", option, value] : ["report", option]);

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.StartsWith(message, _console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_store_shows_every_claim_as_not_run()
    {
        int code = await Run([.. ClaimCatalogue.All], "--out", File);

        Assert.Equal((int)ExitCode.Success, code);
        int all = ClaimCatalogue.All.Count;
        Assert.Contains($"0 of {all} claims hold, {all} not run", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
        Assert.Equal(all, Regex.Count(_console.Output, ": not run, 0 of ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private void Store(Claim claim, int count)
    {
        foreach (Experiment experiment in claim.Experiments(Tier.Quick).Take(count))
        {
            var key = RunKey.Of(experiment, Engine);
            using RunWriter writer = _store.TryBegin(key, experiment, Engine)!;
            LearningCurve curve = new(
                [new(0, 2, 0, 3, 0, null, 1), new(10, 0.1, 1, 4, 0.1, null, 2), new(experiment.Steps, 0.1, 1, 0.1, 0.99, null, 2)], experiment.Steps, RunOutcome.BudgetSpent);
            writer.Complete(curve, s_weights);
        }
    }

    private Task<int> Run(IReadOnlyList<Claim> claims, params string[] arguments) =>
        _console.Run([ReportCommand.Create(_console.Console, claims, Engine, _ => _store)], ["report", .. arguments]);
}

using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using Grokking.Claims;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Laboratory;
using Grokking.Tests.Unit.Laboratory;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class ClaimsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("claims").FullName;
    private readonly RecordedConsole _console = new();

    public void Dispose()
    {
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Claims_that_hold_end_with_code_0_and_the_table_of_the_tests()
    {
        int code = await Run([new FakeClaim("late", holds: true), new FakeClaim("early", holds: true)]);

        Assert.Equal((int)ExitCode.Success, code);
        Assert.StartsWith("Runs are not kept: There is no folder", _console.OutputLines[0], StringComparison.Ordinal);
        Assert.Equal("Engine fake-1: this build has no other.", _console.OutputLines[1]);
        Assert.Contains("late: holds; 3× later", _console.OutputLines, StringComparer.Ordinal);
        Assert.Equal("Claim  Verdict  Effect    n  Seeds  Time", _console.OutputLines[^4]);
        Assert.Matches("^early  holds    3× later  2  2      0:0", _console.OutputLines[^2]);
        Assert.Matches("^late   holds    3× later  2  2      0:0", _console.OutputLines[^1]);
        Assert.Empty(_console.Error);
    }

    [Fact]
    public async Task A_claim_that_does_not_hold_is_code_2_with_its_evidence()
    {
        int code = await Run([new FakeClaim("late", holds: true), new FakeClaim("never", holds: false)]);

        Assert.Equal((int)ExitCode.DoesNotHold, code);
        Assert.Equal(
            ["never: DOES NOT HOLD", "  \"Validation follows training.\" — Nobody 2026, Figure 0", "  FAILED  delay ≥ 2: 1"],
            _console.OutputLines[^3..]);
    }

    [Fact]
    public async Task A_claim_whose_training_fails_leaves_the_others_alone_and_is_code_1()
    {
        var broken = new FakeClaim("broken", holds: true) { Judges = () => throw new InvalidDataException("planted\nbad") };

        int code = await Run([broken, new FakeClaim("never", holds: false), new FakeClaim("late", holds: true)]);

        Assert.Equal((int)ExitCode.InternalError, code);
        Assert.Contains("broken: ERROR; InvalidDataException: planted�bad", _console.OutputLines, StringComparer.Ordinal);
        Assert.Contains("late: holds; 3× later", _console.OutputLines, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("LATE", new[] { "late" })]
    [InlineData("la ea", new[] { "early", "late" })]
    [InlineData("", new[] { "early", "late", "never" })]
    public async Task A_filter_is_part_of_a_name(string filter, string[] expected)
    {
        await Run(
            [new FakeClaim("late", holds: true), new FakeClaim("early", holds: true), new FakeClaim("never", holds: true)],
            filter.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(expected, _console.OutputLines[^expected.Length..].Select(line => line.Split(' ')[0]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_a_name_is_that_claim_alone()
    {
        await Run([new FakeClaim("late", holds: true), new FakeClaim("late-elsewhere", holds: true)], "Late");

        Assert.Equal("late", _console.OutputLines[^1].Split(' ')[0]);
        Assert.DoesNotContain("elsewhere", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_code_8_and_lists_the_names()
    {
        int code = await Run([new FakeClaim("late", holds: true), new FakeClaim("early", holds: true)], "late", "erly");

        Assert.Equal((int)ExitCode.NothingMatched, code);
        Assert.Equal(["No claim matches \"erly\"; did you mean early? There are: late, early."], _console.ErrorLines);
        Assert.Empty(_console.Output);
    }

    [Theory]
    [InlineData("--tier huge", "--tier is \"huge\"; allowed: quick, paper.")]
    [InlineData("--engine gpu", "--engine is \"gpu\"; allowed: cpu, torch.")]
    [InlineData("--engine torch", "--engine is torch, and this build has no TorchSharp engine: build with -p:UseTorchSharp=true.")]
    [InlineData("--workers 0", "--workers is 0; allowed: 1 to 1024.")]
    [InlineData("--workers many", "--workers is many; allowed: 1 to 1024.")]
    [InlineData("--workers 9999", "--workers is 9999; allowed: 1 to 1024.")]
    [InlineData("--junit /no/such/folder/x.xml", "--junit cannot write \"/no/such/folder/x.xml\": its folder is not there.")]
    [InlineData("--json /", "--json cannot write \"/\": it is a folder")]
    [InlineData("--json ", "--json is empty; it has to name a path.")]
    [InlineData("--junit ", "--junit is empty; it has to name a path.")]
    [InlineData("--junti x", "\"--junti\" is no option; did you mean --junit?")]
    public async Task Bad_input_is_refused_before_anything_trains(string line, string expected)
    {
        var engine = new FakeEngine();

        int code = await Run(engine, [new FakeClaim("late", holds: true)], line.Split(' '));

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.StartsWith(expected, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(engine.Trained);
    }

    [Fact]
    public async Task The_tier_is_the_options_or_the_variables()
    {
        var engine = new FakeEngine();
        using var console = new RecordedConsole(null, (TierVariable.Name, "paper"));
        Command command = ClaimsCommand.Create(console.Console, [new FakeClaim("late", holds: true)], new BuiltEngines(engine));

        await console.Run([command], "claims");
        await console.Run([command], "claims", "--tier", "quick");

        Assert.Equal([200, 200, 100, 100], engine.Trained.Select(experiment => experiment.Steps));
    }

    [Theory]
    [InlineData(null, "torch", "Engine ensemble-1: GROKKING_ENGINE asks for it.")]
    [InlineData("cpu", "torch", "Engine fake-1: --engine asks for it.")]
    [InlineData(null, null, "Engine ensemble-1: this build has it and its device works.")]
    public async Task The_engine_is_the_options_or_the_variables(string? option, string? variable, string line)
    {
        using var console = new RecordedConsole(null, (EngineVariable.Name, variable ?? ""));
        Command command = ClaimsCommand.Create(
            console.Console, [new FakeClaim("late", holds: true)], new BuiltEngines(new FakeEngine(), () => new FakeEnsembleEngine()));

        Assert.Equal(0, await console.Run([command], option is null ? ["claims"] : ["claims", "--engine", option]));

        Assert.Equal(line, console.OutputLines[1]);
    }

    [Fact]
    public async Task A_claim_that_the_engine_refuses_is_tried_on_the_CPU_engine_and_the_others_are_not()
    {
        var torch = new FakeEnsembleEngine { Refuses = experiment => experiment.Steps == 50 ? "It has no 50 steps." : null };
        Claim[] claims = [new FakeClaim("late", holds: true), new FakeClaim("short", holds: true) { Steps = 50 }];
        Command command = ClaimsCommand.Create(_console.Console, claims, new BuiltEngines(new FakeEngine(), () => torch));

        int code = await _console.Run([command], "claims", "--engine", "torch", "--json", FileOf("a.json"));

        Assert.Equal(0, code);
        Assert.Contains("short trains on fake-1: It has no 50 steps.", _console.OutputLines, StringComparer.Ordinal);
        JsonElement root = JsonDocument.Parse(await File.ReadAllTextAsync(FileOf("a.json"))).RootElement;
        Assert.Equal("ensemble-1", root.GetProperty("engine").GetString());
        Assert.Equal("ensemble-1", root.GetProperty("claims")[0].GetProperty("engine").GetString());
        Assert.Equal("fake-1", root.GetProperty("claims")[1].GetProperty("engine").GetString());
    }

    [Fact]
    public async Task Runs_are_kept_and_a_second_time_cached_unless_they_are_to_be_fresh()
    {
        var engine = new FakeEngine();

        await Run(engine, [new FakeClaim("late", holds: true)], "--store", FileOf("store"));
        await Run(engine, [new FakeClaim("late", holds: true)], "--store", FileOf("store"), "--json", FileOf("a.json"));

        Assert.Equal(2, engine.Trained.Count);
        Assert.Contains("Runs are kept in", _console.Output, StringComparison.Ordinal);
        Assert.StartsWith("late   holds (cached)  3× later  2  2", _console.OutputLines[^1], StringComparison.Ordinal);
        Assert.Contains("\"origin\": \"Cached\"", await File.ReadAllTextAsync(FileOf("a.json")), StringComparison.Ordinal);

        await Run(engine, [new FakeClaim("late", holds: true)], "--store", FileOf("store"), "--fresh");

        Assert.Equal(4, engine.Trained.Count);
        Assert.StartsWith("late   holds    3× later  2  2", _console.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_continuous_integration_runs_are_trained_anew()
    {
        var engine = new FakeEngine();
        using var console = new RecordedConsole(null, ("CI", "true"), ("GROKKING_STORE", FileOf("store")));
        Command command = ClaimsCommand.Create(console.Console, [new FakeClaim("late", holds: true)], new BuiltEngines(engine));

        await console.Run([command], "claims");
        await console.Run([command], "claims");

        Assert.Equal(4, engine.Trained.Count);
        Assert.Contains($"Runs are kept in {FileOf("store")} and trained anew.", console.OutputLines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Other_bits_than_the_kept_ones_are_code_7()
    {
        var claim = new FakeClaim("late", holds: true);
        await Run(new FakeEngine(), [claim], "--store", FileOf("store"));

        int code = await Run(new FakeEngine { LastTrainLoss = 0.5 }, [claim], "--store", FileOf("store"), "--fresh");

        Assert.Equal((int)ExitCode.NotReproducible, code);
        Assert.Contains("late: ERROR; DifferentBitsException: ", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_store_that_cannot_be_used_is_refused_before_anything_trains()
    {
        var engine = new FakeEngine();
        await File.WriteAllTextAsync(FileOf("file"), "");

        int code = await Run(engine, [new FakeClaim("late", holds: true)], "--store", FileOf("file"));

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.Single(_console.ErrorLines);
        Assert.Empty(engine.Trained);
    }

    [Fact]
    public async Task JUnit_and_JSON_tell_the_same()
    {
        var broken = new FakeClaim("broken", holds: true) { Judges = () => throw new InvalidDataException("planted") };

        await Run([new FakeClaim("late", holds: true), new FakeClaim("never", holds: false), broken], "--junit", FileOf("a.xml"), "--json", FileOf("a.json"));

        XElement suite = XDocument.Load(FileOf("a.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("3", "1", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        Assert.Equal(["broken", "late", "never"], suite.Elements("testcase").Select(each => (string?)each.Attribute("name")), StringComparer.Ordinal);
        Assert.Equal("InvalidDataException: planted", (string?)suite.Descendants("error").Single().Attribute("message"));
        Assert.Equal("FAILED  delay ≥ 2: 1", suite.Descendants("failure").Single().Value);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(FileOf("a.json")));
        JsonElement[] claims = [.. json.RootElement.GetProperty("claims").EnumerateArray()];
        Assert.Equal(["broken", "late", "never"], claims.Select(claim => claim.GetProperty("claim").GetString()), StringComparer.Ordinal);
        Assert.Equal([JsonValueKind.Null, JsonValueKind.True, JsonValueKind.False], claims.Select(claim => claim.GetProperty("holds").ValueKind));
        Assert.Equal("InvalidDataException: planted", claims[0].GetProperty("error").GetString());
        Assert.Equal([0, 1], claims[1].GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("seed").GetInt32()));
    }

    [Fact]
    public async Task Hostile_text_is_harmless_in_every_report()
    {
        const string Hostile = "]]> <b>&amp; \u0001\u001b[31m\ud800 \ufffe |x| ##[error]y";
        var claim = new FakeClaim("hostile", holds: false)
        {
            Says = "::error::" + Hostile,
            Judges = () => new Verdict(Holds: false, "::set-output name=x::" + Hostile, [new Finding("a\r\n::warning::b" + Hostile, "%0A", Holds: false)]),
        };
        using var console = new RecordedConsole(null, ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", FileOf("summary.md")));
        await console.Run(
            [ClaimsCommand.Create(console.Console, [claim], new BuiltEngines(new FakeEngine()))], "claims", "--junit", FileOf("a.xml"), "--json", FileOf("a.json"));

        string failure = XDocument.Load(FileOf("a.xml")).Descendants("failure").Single().Value;
        Assert.Contains("]]> <b>&amp; ��[31m� � |x|", failure, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(FileOf("a.json")));

        string annotation = Assert.Single(console.OutputLines, line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
        Assert.StartsWith("::error title=hostile%3A DOES NOT HOLD::", annotation, StringComparison.Ordinal);
        Assert.Contains("%250A", annotation, StringComparison.Ordinal);
        Assert.DoesNotContain(console.OutputLines, line => line.Contains("##[", StringComparison.Ordinal) && !line.StartsWith("::error", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', console.Output);
        Assert.DoesNotContain(await File.ReadAllLinesAsync(FileOf("summary.md")), line => line.Contains("<b>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_has_one_annotation_for_each_claim_that_fails_and_at_most_ten()
    {
        Claim[] claims = [new FakeClaim("holds", holds: true), .. Enumerable.Range(0, 14).Select(i => new FakeClaim($"never-{i}", holds: false))];
        using var console = new RecordedConsole(null, ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", FileOf("summary.md")));

        await console.Run([ClaimsCommand.Create(console.Console, claims, new BuiltEngines(new FakeEngine()))], "claims");

        Assert.Equal(10, console.OutputLines.Count(line => line.StartsWith("::error", StringComparison.Ordinal)));
        string summary = await File.ReadAllTextAsync(FileOf("summary.md"));
        Assert.StartsWith("## Claims\n\n| Claim | Verdict |", summary, StringComparison.Ordinal);
        Assert.Contains("| never-13 | FAILED", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_that_cannot_be_written_changes_neither_the_code_nor_the_annotations()
    {
        using var console = new RecordedConsole(null, ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", FileOf("no such folder/summary.md")));

        int code = await console.Run(
            [ClaimsCommand.Create(console.Console, [new FakeClaim("never", holds: false)], new BuiltEngines(new FakeEngine()))], "claims");

        Assert.Equal((int)ExitCode.DoesNotHold, code);
        Assert.Single(console.OutputLines, line => line.StartsWith("::error", StringComparison.Ordinal));
        Assert.StartsWith("The job has no summary: ", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_stays_below_what_a_job_accepts()
    {
        Claim[] claims =
        [
            .. Enumerable.Range(0, 4).Select(i => new FakeClaim($"never-{i}", holds: false)
            {
                Judges = () => new Verdict(Holds: false, "x", [new Finding(new string('é', 200_000), "y", Holds: false)]),
            }),
        ];
        using var console = new RecordedConsole(null, ("GITHUB_STEP_SUMMARY", FileOf("summary.md")));

        await console.Run([ClaimsCommand.Create(console.Console, claims, new BuiltEngines(new FakeEngine()))], "claims");

        Assert.InRange(new FileInfo(FileOf("summary.md")).Length, 800_000, 1024 * 1024);
    }

    [Theory]
    [InlineData(new string[0], "To go on: grok claims --json ")]
    [InlineData(new[] { "--fresh" }, "To begin anew: grok claims --fresh --json ")]
    public async Task Ctrl_C_stops_the_training_and_is_code_3(string[] options, string expected)
    {
        using var stop = new CancellationTokenSource();
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                // On another thread, as a signal is: on this one the command would go on inside of the worker that it then waits for.
                stop.CancelAfter(1);
                token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                token.ThrowIfCancellationRequested();
            },
        };
        Command command = ClaimsCommand.Create(_console.Console, [new FakeClaim("late", holds: true)], new BuiltEngines(engine));

        int code = await CommandLine.Run(["claims", .. options, "--json", FileOf("a.json")], _console.Console, [command], stop.Token);

        Assert.Equal((int)ExitCode.Interrupted, code);
        Assert.Equal($"Stopped before every claim was judged. {expected}{FileOf("a.json")}", _console.ErrorLines[^1]);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    private string FileOf(string name) => Path.Combine(_folder, name);

    private Task<int> Run(IReadOnlyList<Claim> claims, params string[] arguments) => Run(new FakeEngine(), claims, arguments);

    private Task<int> Run(FakeEngine engine, IReadOnlyList<Claim> claims, params string[] arguments) =>
        _console.Run([ClaimsCommand.Create(_console.Console, claims, new BuiltEngines(engine))], ["claims", .. arguments]);
}

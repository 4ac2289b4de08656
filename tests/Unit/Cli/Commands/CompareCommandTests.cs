using System.CommandLine;
using System.Xml.Linq;
using Grokking.Cli.Commands;
using Grokking.Cli.Compare;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Training;
using static Grokking.Tests.Unit.Cli.Compare.TypedRuns;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class CompareCommandTests : IDisposable
{
    private static readonly Experiment s_adam = Baseline with { Optimizer = AdamW.Adam };

    private readonly RecordedConsole _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_slower_candidate_is_LATER_with_its_effect()
    {
        int code = await Run([.. Seeds(Baseline, 100, 200, 300, 400, 500), .. Seeds(s_adam, 130, 280, 390, 600, 700)], "wd=1", "wd=0");

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "A  wd=1: 5 of 10 runs in memory",
                "B  wd=0: 5 of 10 runs in memory",
                "They differ in optimizer.learningRate: 0.005 → 0.001",
                "They differ in optimizer.weightDecay: 1 → 0",
                "",
                "seed  Steps A  Steps B  B/A",
                "----  -------  -------  -----  -----",
                "0     100      130      ×1.30  later",
                "1     200      280      ×1.40  later",
                "2     300      390      ×1.30  later",
                "3     400      600      ×1.50  later",
                "4     500      700      ×1.40  later",
                "",
                "A          generalises in 5 of 5, median 300 steps",
                "B          generalises in 5 of 5, median 390 steps",
                "Pairs      5: B later in 5, earlier in 0, undecided in 0; lost in 0, gained in 0",
                "Sign test  p = 0.0625 of 5 later and 0 earlier; so few pairs cannot give less than 0.0625",
                "Steps to 99 % validation accuracy, B over A:",
                "LATER: ×1.40 (95 % interval ×1.30 to ×1.50)",
            ],
            _console.OutputLines);
        Assert.Empty(_console.Error);
    }

    [Theory]
    [InlineData(1.3, ExitCode.DoesNotHold)]
    [InlineData(1.4, ExitCode.DoesNotHold)]
    [InlineData(1.5, ExitCode.Success)]
    public async Task A_regression_is_code_2_from_its_factor_on(double factor, object expected)
    {
        int code = await Run(
            [.. Seeds(Baseline, 100, 200, 300), .. Seeds(s_adam, 130, 280, 420)],
            "wd=1", "wd=0", "--fail-if-slower", factor.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((int)(ExitCode)expected, code);
        Assert.Equal((ExitCode)expected == ExitCode.Success, _console.Error.Length == 0);
    }

    [Theory]
    [InlineData("LOST", 100, 110, null, null, null, ExitCode.DoesNotHold)]
    [InlineData("NO DIFFERENCE SEEN", 100, 100, 120, 80, null, ExitCode.Success)]
    [InlineData("EARLIER", 50, 60, 70, 40, 30, ExitCode.Success)]
    [InlineData("LATER", 150, 160, 170, 190, null, ExitCode.DoesNotHold)]
    public async Task The_answer_is_later_earlier_lost_or_nothing(string answer, int? s0, int? s1, int? s2, int? s3, int? s4, object expected)
    {
        int code = await Run(
            [.. Seeds(Baseline, 100, 100, 100, 100, 100), .. Seeds(s_adam, s0, s1, s2, s3, s4)], "wd=1", "wd=0", "--fail-if-slower", "1.2");

        Assert.Equal((int)(ExitCode)expected, code);
        Assert.StartsWith(answer + ":", _console.OutputLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Fewer_than_three_pairs_are_not_judged(int pairs)
    {
        int?[] a = [.. Enumerable.Repeat<int?>(100, pairs)], b = [.. Enumerable.Repeat<int?>(200, pairs)];

        int code = await Run([.. Seeds(Baseline, a), .. Seeds(s_adam, b)], "wd=1", "wd=0", "--fail-if-slower", "1.2");

        Assert.Equal((int)ExitCode.Success, code);
        Assert.StartsWith("TOO FEW PAIRS: ×2.00", _console.OutputLines[^1], StringComparison.Ordinal);
        Assert.Equal($"--fail-if-slower judges 3 pairs or more; there are {pairs}.", Assert.Single(_console.ErrorLines));
    }

    [Fact]
    public async Task A_budget_that_ended_is_told_as_a_bound()
    {
        await Run([.. Seeds(Baseline, 100, 900, null), .. Seeds(s_adam, null, 950, null)], "wd=1", "wd=0");

        Assert.Contains("0     100      > 1,000  > ×10.00  lost", _console.OutputLines, StringComparer.Ordinal);
        Assert.Contains("2     > 1,000  > 1,000  ?         neither", _console.OutputLines, StringComparer.Ordinal);
        Assert.StartsWith("NO DIFFERENCE SEEN: at least ×1.06 (95 % interval ×0.00 to ∞)", _console.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_are_two_sides()
    {
        var stores = new Dictionary<string, RunListing>(StringComparer.Ordinal)
        {
            ["old"] = new("old", Seeds(Baseline, 100, 200), Unfinished: 3, ["v1/runs/ab/ab: the curve's hash is another\u001b"]),
            ["new"] = new("new", Seeds(Baseline, 90, 150), Unfinished: 0, []),
        };

        int code = await _console.Run([CompareCommand.Create(_console.Console, folder => stores[folder!])], "compare", "old", "new", "--where", "seed=0,1");

        Assert.Equal(0, code);
        Assert.StartsWith("TOO FEW PAIRS: ×0.82", _console.OutputLines[^1], StringComparison.Ordinal);
        Assert.Equal(
            ["Left out: v1/runs/ab/ab: the curve's hash is another�", "Left out: 3 runs in old that have not finished."], _console.ErrorLines);
    }

    [Theory]
    [InlineData("wd=1 wd=7", ExitCode.NothingMatched, "B has no finished run: nothing in memory matches wd=7.")]
    [InlineData("wd=1 wd=0 --fail-if-slower 0.9", ExitCode.BadInput, "--fail-if-slower is 0.9; allowed: 1 and more, e.g. 1.2 for 20 % more steps.")]
    [InlineData("wd=1 wd=0 --fail-if-slower 1,2", ExitCode.BadInput, "--fail-if-slower is 1,2; allowed: 1 and more, e.g. 1.2 for 20 % more steps.")]
    [InlineData("wd=1 wd=0 --fail-if-slower NaN", ExitCode.BadInput, "--fail-if-slower is NaN; allowed: 1 and more, e.g. 1.2 for 20 % more steps.")]
    [InlineData("wd=1 wd=0 --out plot.png", ExitCode.BadInput, "--out is \"plot.png\"; its name has to end in .html or .svg.")]
    [InlineData("wd=1", ExitCode.BadInput, "Required argument missing for command: 'compare'. See: grok compare --help")]
    [InlineData("wdd=1 wd=0", ExitCode.BadInput, null)]
    public async Task Wrong_input_is_one_line(string line, object expected, string? message)
    {
        int code = await Run([.. Seeds(Baseline, 100), .. Seeds(s_adam, 130)], line.Split(' '));

        Assert.Equal((int)(ExitCode)expected, code);
        Assert.Equal(message ?? _console.ErrorLines[0], Assert.Single(_console.ErrorLines));
    }

    [Theory]
    [InlineData(".html")]
    [InlineData(".svg")]
    public async Task The_plot_is_one_file_without_scripts_links_or_obeyed_text(string ending)
    {
        string path = Path.Combine(Path.GetTempPath(), $"compare-{Guid.NewGuid()}{ending}");
        try
        {
            string hostile = CanonicalJson.Write(s_adam).Replace("\"AdamW\"", "\"<script>alert(1)</script>\"", StringComparison.Ordinal);
            var stores = new Dictionary<string, RunListing>(StringComparer.Ordinal)
            {
                ["a"] = new("a", Seeds(Baseline, 100, null), 0, []),
                ["<b>"] = new("<b>", [ComparedRun.Of("cpu-1", hostile, experiment: null, Seeds(Baseline, 130)[0].Curve)], 0, []),
            };

            int code = await _console.Run([CompareCommand.Create(_console.Console, folder => stores[folder!])], "compare", "a", "<b>", "--out", path);

            Assert.Equal(0, code);
            string text = await File.ReadAllTextAsync(path);
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("(src|href)=", text);
            var drawing = XElement.Parse(text[text.IndexOf("<svg", StringComparison.Ordinal)..(text.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length)]);
            XNamespace svg = "http://www.w3.org/2000/svg";
            Assert.Equal(2, drawing.Descendants(svg + "circle").Count());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Task<int> Run(IReadOnlyList<ComparedRun> runs, params string[] arguments)
    {
        Command command = CompareCommand.Create(_console.Console, _ => new RunListing("memory", runs, 0, []));
        return _console.Run([command], ["compare", .. arguments]);
    }
}

using Grokking.Cli.Output;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Output;

[Trait("Category", "Unit")]
public sealed class RunViewTests
{
    private static readonly Experiment[] s_runs = [.. Enumerable.Range(0, 40).Select(seed => FakeClaim.Baseline with { Seed = (ulong)seed, Steps = 1000 })];

    [Fact]
    public async Task In_a_pipe_there_are_lines_and_no_escapes()
    {
        using var console = new RecordedConsole();

        await Show(console, "sweep", s_runs[..2]);

        Assert.Equal(
            [
                "sweep: 2 runs", "[sweep seed=0] done at step 1,000, train 99.0 %, val 50.0 %, 0:10 (cached)", "[sweep seed=1] FAILED",
                "half way",
            ],
            console.OutputLines);
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_row_for_each_run()
    {
        using var console = new RecordedConsole(new TerminalSupport(Redraws: true, Styles: true));

        await Show(console, "sweep", s_runs[..3]);

        Assert.Contains("sweep seed=0", console.Output, StringComparison.Ordinal);
        Assert.Contains("1,000/1,000", console.Output, StringComparison.Ordinal);
        Assert.Contains("done (cached)", console.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED", console.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 runs ended", console.Output, StringComparison.Ordinal);
        Assert.Contains("half way", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_NO_COLOR_a_terminal_is_redrawn_without_any_style()
    {
        using var console = new RecordedConsole(new TerminalSupport(Redraws: true, Styles: false));

        await Show(console, "sweep", s_runs[..3]);

        Assert.Contains("\u001b[", console.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", console.Output);
    }

    [Fact]
    public async Task A_name_with_markup_or_control_characters_is_text()
    {
        using var console = new RecordedConsole(new TerminalSupport(Redraws: true, Styles: false));

        await Show(console, "a[x]\u001b]0;t\u0007[/]", s_runs[..2]);

        Assert.Contains("a[x]�]0;t�[/] seed=0", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_runs_than_a_terminal_has_lines_are_cut_to_those_that_train()
    {
        using var console = new RecordedConsole(new TerminalSupport(Redraws: true, Styles: false));
        console.Console.Live!.Profile.Height = 9;

        await RunView.During(console.Console, view =>
        {
            view.Follow("sweep", s_runs);
            view.Report(new RunEvent(s_runs[39], RunStage.Started, null, TimeSpan.Zero));
            console.Console.Live.Write(view.Draw(console.Console.Live));
            return Task.FromResult(0);
        });

        Assert.Contains("sweep seed=39", console.Output, StringComparison.Ordinal);
        Assert.Contains("sweep seed=3 ", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sweep seed=4 ", console.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 40 runs ended, 1 training", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(60)]
    [InlineData(30)]
    [InlineData(5)]
    public void Every_row_stays_on_one_line_and_keeps_the_end_of_its_name(int width)
    {
        var table = new Grokking.Reporting.Table("Run", "Step", "Left");
        table.Add("less-data-takes-longer seed=3 trainFraction=0.45", "12,000/100,000", "0:12");
        table.Add("short", "1/2", "");

        IReadOnlyList<string> lines = TerminalTable.Lines(table, "2 runs, and a caption that is rather long", rows: 10, width);

        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        if (width >= 60)
        {
            Assert.Contains("seed=3 trainFraction=0.45  12,000/100,000  0:12", lines[2], StringComparison.Ordinal);
        }
    }

    private static Task<int> Show(RecordedConsole console, string name, Experiment[] runs) => RunView.During(console.Console, async view =>
    {
        view.Follow(name, runs);
        var end = new CurvePoint(1000, 1, 0.99, 1, 0.5, null, 1);
        view.Report(new RunEvent(runs[0], RunStage.Started, null, TimeSpan.Zero));
        view.Report(new RunEvent(runs[0], RunStage.Finished, end, TimeSpan.FromSeconds(10), RunOrigin.Cached));
        view.Report(new RunEvent(runs[1], RunStage.Failed, null, TimeSpan.FromSeconds(10)));
        view.Line("half way", Tone.Good);

        // Longer than the view waits between two drawings.
        await Task.Delay(TimeSpan.FromMilliseconds(400));
        return 0;
    });
}

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
        int rows = 0;
        await RunView.During(console.Console, view =>
        {
            view.Follow("sweep", s_runs);
            view.Report(new RunEvent(s_runs[39], RunStage.Started, null, TimeSpan.Zero));
            Spectre.Console.Table table = view.Draw(most: 5);
            rows = table.Rows.Count;
            console.Console.Live!.Write(table);
            return Task.FromResult(0);
        });

        Assert.Equal(5, rows);
        Assert.Contains("sweep seed=39", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sweep seed=4 ", console.Output, StringComparison.Ordinal);
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

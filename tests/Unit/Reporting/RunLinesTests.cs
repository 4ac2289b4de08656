using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Models;
using Grokking.Reporting;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Reporting;

[Trait("Category", "Unit")]
public sealed class RunLinesTests : IDisposable
{
    private static readonly Experiment s_run = new() { Task = Operations.Add, Steps = 100_000 };

    private readonly StringWriter _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public void A_run_of_seconds_has_one_line_that_tells_its_end()
    {
        RunLines view = Following("quick");
        for (int step = 0; step <= 100_000; step += 1000)
        {
            Evaluate(view, step, seconds: step / 25_000.0);
        }

        view.Report(new RunEvent(s_run, RunStage.Finished, Point(100_000), TimeSpan.FromSeconds(4)));

        Assert.Equal(["quick: 1 runs", "[quick seed=0] done at step 100,000, train 100.0 %, val 41.2 %, 0:04"], Lines());
    }

    [Theory]
    [InlineData(RunOrigin.Trained, "")]
    [InlineData(RunOrigin.Resumed, " (resumed)")]
    [InlineData(RunOrigin.Cached, " (cached)")]
    public void The_last_line_tells_where_a_result_comes_from(RunOrigin origin, string ending)
    {
        RunLines view = Following("one");

        view.Report(new RunEvent(s_run, RunStage.Finished, Point(100), TimeSpan.FromSeconds(1), origin));

        Assert.EndsWith("val 41.2 %, 0:01" + ending, Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_hours_has_a_line_each_twenty_fifth_of_its_budget()
    {
        RunLines view = Following("slow");
        for (int step = 0; step <= 100_000; step += 100)
        {
            Evaluate(view, step, seconds: step / 10.0);
        }

        Assert.InRange(Lines().Length, 20, 25);
    }

    [Fact]
    public void A_line_tells_step_budget_accuracies_speed_and_time_left()
    {
        RunLines view = Following("one");

        Evaluate(view, 0, seconds: 0);
        Evaluate(view, 12_000, seconds: 100);

        Assert.Equal("[one seed=0] step 12,000/100,000, train 100.0 %, val 41.2 %, 120 steps/s, 12:13 left", Lines()[^1]);
    }

    [Fact]
    public void A_resumed_run_has_the_speed_of_what_it_trained_now()
    {
        RunLines view = Following("one");

        Evaluate(view, 90_000, seconds: 0);
        Evaluate(view, 95_000, seconds: 100);

        Assert.EndsWith("50 steps/s, 1:40 left", Lines()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    public void A_clock_that_jumps_or_stands_gives_no_speed(double seconds)
    {
        var pace = new RunPace();
        pace.Observe(new RunEvent(s_run, RunStage.Evaluated, Point(0), TimeSpan.Zero));
        pace.Observe(new RunEvent(s_run, RunStage.Evaluated, Point(100), TimeSpan.FromSeconds(seconds)));

        Assert.Null(pace.StepsPerSecond);
        Assert.Null(pace.Left);
    }

    [Fact]
    public void A_crawling_run_has_a_time_left_that_can_be_written()
    {
        var pace = new RunPace();
        pace.Observe(new RunEvent(s_run with { Steps = int.MaxValue }, RunStage.Evaluated, Point(0), TimeSpan.Zero));
        pace.Observe(new RunEvent(s_run with { Steps = int.MaxValue }, RunStage.Evaluated, Point(1), TimeSpan.FromDays(3650)));

        Assert.Equal(TimeSpan.FromDays(9999), pace.Left);
    }

    [Fact]
    public void Lines_come_at_most_every_five_seconds()
    {
        RunLines view = Following("one");

        for (int i = 0; i < 40; i++)
        {
            Evaluate(view, 10_000 + (i * 2_000), seconds: 5 + (i * 0.5));
        }

        Assert.Equal(1 + 4, Lines().Length);
    }

    [Fact]
    public void A_name_with_control_characters_or_markup_is_text()
    {
        RunLines view = Following("a\nb\u001b[31m {0} [red]\u202e");

        view.Report(new RunEvent(s_run, RunStage.Failed, null, TimeSpan.Zero));

        Assert.Equal(["a�b�[31m {0} [red]�: 1 runs", "[a�b�[31m {0} [red]� seed=0] FAILED"], Lines());
    }

    [Fact]
    public void A_label_tells_what_sets_a_run_apart()
    {
        Experiment other = s_run with { Seed = 3, TrainFraction = 0.3, ClipNorm = 1, Model = (TransformerConfig)s_run.Model with { DModel = 64 } };

        Assert.Equal("c clipNorm=1 dModel=64 trainFraction=0.3 seed=3", RunLabel.Of("c", s_run, other));
    }

    [Fact]
    public void Only_a_run_that_had_begun_is_stopped()
    {
        RunLines view = Following("one");
        view.Report(new RunEvent(s_run, RunStage.Cancelled, null, TimeSpan.Zero));
        Assert.Single(Lines());

        view.Report(new RunEvent(s_run, RunStage.Started, null, TimeSpan.Zero));
        view.Report(new RunEvent(s_run, RunStage.Cancelled, null, TimeSpan.Zero));
        Assert.Equal("[one seed=0] stopped", Lines()[^1]);
    }

    private static CurvePoint Point(int step) => new(step, 0, 1, 3, 0.412, null, 1);

    private static void Evaluate(RunLines view, int step, double seconds) =>
        view.Report(new RunEvent(s_run, RunStage.Evaluated, Point(step), TimeSpan.FromSeconds(seconds)));

    private RunLines Following(string claim)
    {
        var view = new RunLines(_console.WriteLine);
        view.Follow(claim, [s_run]);
        return view;
    }

    private string[] Lines() => _console.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}

using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Tests.Unit.Reporting;

[Trait("Category", "Unit")]
public sealed class QueuePaceTests
{
    private static readonly Experiment[] s_runs = [.. Enumerable.Range(0, 4).Select(seed => Presets.Small with { Steps = 1000, Seed = (ulong)seed })];

    [Fact]
    public void Nothing_is_known_before_some_work_was_seen_done()
    {
        QueuePace pace = Following(s_runs);
        Assert.Null(pace.Left);

        pace.Observe(new RunEvent(s_runs[0], RunStage.Started, Latest: null, TimeSpan.Zero));
        pace.Observe(Evaluated(s_runs[0], step: 0, seconds: 0));

        Assert.Null(pace.Left);
    }

    [Fact]
    public void What_is_left_is_divided_by_the_pace_and_by_the_workers_that_train()
    {
        QueuePace pace = Following(s_runs);
        Train(pace, s_runs[0], to: 500, seconds: 5);

        // 3,500 steps at 100 a second, then on two workers, of which the second has made 100 of them.
        Assert.Equal(35, pace.Left!.Value.TotalSeconds, 6);
        Train(pace, s_runs[1], to: 100, seconds: 1);
        Assert.Equal(17, pace.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_run_that_ended_early_or_was_cached_is_no_work_any_more()
    {
        QueuePace pace = Following(s_runs);
        Train(pace, s_runs[0], to: 500, seconds: 5);

        pace.Observe(new RunEvent(s_runs[1], RunStage.Finished, Point(1000), TimeSpan.FromSeconds(1), RunOrigin.Cached));
        Assert.Equal(25, pace.Left!.Value.TotalSeconds, 6);

        Train(pace, s_runs[2], to: 500, seconds: 5);
        pace.Observe(new RunEvent(s_runs[0], RunStage.Finished, Point(500), TimeSpan.FromSeconds(5)));
        Assert.Equal(15, pace.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_resumed_run_counts_from_where_it_goes_on()
    {
        QueuePace pace = Following(s_runs[..1]);
        pace.Observe(Evaluated(s_runs[0], step: 800, seconds: 0.1));
        pace.Observe(Evaluated(s_runs[0], step: 900, seconds: 1.1));

        Assert.Equal(1, pace.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_longer_run_is_more_work()
    {
        QueuePace pace = Following([s_runs[0], s_runs[1] with { Steps = 3000 }]);
        Train(pace, s_runs[0], to: 500, seconds: 5);

        Assert.Equal(35, pace.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void When_nothing_trains_nothing_is_said()
    {
        QueuePace pace = Following(s_runs);
        Train(pace, s_runs[0], to: 500, seconds: 5);
        pace.Observe(new RunEvent(s_runs[0], RunStage.Cancelled, Point(500), TimeSpan.FromSeconds(5)));

        Assert.Null(pace.Left);
    }

    private static QueuePace Following(IEnumerable<Experiment> runs)
    {
        var pace = new QueuePace();
        pace.Follow(runs);
        return pace;
    }

    private static void Train(QueuePace pace, Experiment run, int to, double seconds)
    {
        pace.Observe(new RunEvent(run, RunStage.Started, Latest: null, TimeSpan.Zero));
        pace.Observe(Evaluated(run, step: 0, seconds: 0));
        pace.Observe(Evaluated(run, to, seconds));
    }

    private static RunEvent Evaluated(Experiment run, int step, double seconds) =>
        new(run, RunStage.Evaluated, Point(step), TimeSpan.FromSeconds(seconds));

    private static CurvePoint Point(int step) => new(step, 1, 0.5, 1, 0.5, null, 1);
}

using Grokking.Curves;
using Grokking.Laboratory;

namespace Grokking.Reporting;

/// <summary>How fast a run gets on, from its first evaluation that was seen to its latest: a resumed run does not begin at step 0.</summary>
public sealed class RunPace
{
    private (int Step, TimeSpan Elapsed)? _first;
    private (int Step, TimeSpan Elapsed, int Budget) _latest;

    /// <summary>Takes in a run's news; without an evaluation there is none.</summary>
    public void Observe(RunEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        if (news.Latest is CurvePoint point)
        {
            Observe(point.Step, news.Elapsed, news.Experiment.Steps);
        }
    }

    /// <summary>Takes in how far a run is.</summary>
    /// <param name="step">Updates made so far.</param>
    /// <param name="elapsed">Since any fixed moment.</param>
    /// <param name="budget">The steps it is allowed.</param>
    public void Observe(int step, TimeSpan elapsed, int budget)
    {
        _first ??= (step, elapsed);
        _latest = (step, elapsed, budget);
    }

    /// <summary>Steps a second, &gt; 0; null where two evaluations have not been seen, or the clock did not move on between them.</summary>
    public double? StepsPerSecond =>
        _first is { } first && _latest.Step > first.Step && _latest.Elapsed > first.Elapsed
            ? (_latest.Step - first.Step) / (_latest.Elapsed - first.Elapsed).TotalSeconds
            : null;

    /// <summary>Until the budget is spent, from the latest evaluation; the run may end before it. Null where the pace is not known.</summary>
    public TimeSpan? Left =>
        StepsPerSecond is { } pace
            ? TimeSpan.FromSeconds(Math.Clamp((_latest.Budget - _latest.Step) / pace, 0, TimeSpan.FromDays(9999).TotalSeconds))
            : null;
}

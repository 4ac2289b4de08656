namespace Grokking.Curves;

/// <summary>A time at which something happened, or one up to which it had not (censored). In steps, for milestones.</summary>
public readonly record struct EventTime
{
    private EventTime(double time, bool isCensored)
    {
        if (!(time >= 0 && double.IsFinite(time)))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "time must be finite and ≥ 0.");
        }

        Time = time;
        IsCensored = isCensored;
    }

    /// <summary>When it happened, or how long nothing was seen to happen. Finite, ≥ 0.</summary>
    public double Time { get; }

    /// <summary>Whether the true time is only known to be greater than <see cref="Time"/>.</summary>
    public bool IsCensored { get; }

    /// <summary>The least the true time can be.</summary>
    public double AtLeast => Time;

    /// <summary>The most the true time can be: +∞ where it is censored.</summary>
    public double AtMost => IsCensored ? double.PositiveInfinity : Time;

    /// <summary>It happened at this time.</summary>
    public static EventTime Observed(double time) => new(time, isCensored: false);

    /// <summary>It had not happened up to this time.</summary>
    public static EventTime Censored(double time) => new(time, isCensored: true);
}

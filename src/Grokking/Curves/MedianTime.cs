namespace Grokking.Curves;

/// <summary>
/// The median of times of which some are censored: the middle one, or the mean of the two in the middle. It is known only up to
/// [<paramref name="AtLeast"/>, <paramref name="AtMost"/>], which is one number where the middle was observed.
/// </summary>
/// <param name="AtLeast">The median if every censored event happened just after its time.</param>
/// <param name="AtMost">The median if no censored event ever happened; +∞ where the middle is then missing.</param>
public sealed record MedianTime(double AtLeast, double AtMost)
{
    /// <summary>The median with every censored time counted as later than all observed ones; null where the middle is censored.</summary>
    public double? Value => double.IsFinite(AtMost) ? AtMost : null;

    /// <summary>The median of these times.</summary>
    /// <param name="times">At least one.</param>
    public static MedianTime Of(IReadOnlyCollection<EventTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0)
        {
            throw new ArgumentException("times must have at least one element and has none.", nameof(times));
        }

        return new MedianTime(Middle([.. times.Select(time => time.AtLeast)]), Middle([.. times.Select(time => time.AtMost)]));
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}

using System.Globalization;

namespace Grokking.Reporting;

/// <summary>How busy this process has kept the machine's processors since a moment.</summary>
/// <param name="time">Measures how long that is; the moment is now.</param>
public sealed class ProcessorUse(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <summary>E.g. "2 processors 98 % busy for 18:22".</summary>
    public string InWords => Describe(Environment.CpuUsage.TotalTime - _used, time.GetElapsedTime(_start), Environment.ProcessorCount);

    /// <summary>The same of given times.</summary>
    /// <param name="used">Of all processors together.</param>
    /// <param name="elapsed">On the clock, ≥ 0.</param>
    /// <param name="processors">≥ 1.</param>
    public static string Describe(TimeSpan used, TimeSpan elapsed, int processors)
    {
        double share = used.Ticks / (Math.Max(elapsed.Ticks, 1.0) * processors);
        return string.Create(CultureInfo.InvariantCulture, $"{processors} {(processors == 1 ? "processor" : "processors")} {100 * share:0} % busy for {DurationText.Of(elapsed)}");
    }
}

using System.Globalization;

namespace Grokking.Reporting;

/// <summary>A stretch of time for a reader.</summary>
public static class DurationText
{
    /// <summary>E.g. "0:07", "12:03" or "3:00:00"; hours, minutes and seconds.</summary>
    public static string Of(TimeSpan time) =>
        time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}

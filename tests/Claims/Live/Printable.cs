using System.Globalization;

namespace Grokking.Tests.Claims.Live;

/// <summary>Text that is safe to put on a line of a console.</summary>
internal static class Printable
{
    /// <summary>The text on one line: control characters, line ends and direction marks become �.</summary>
    public static string Line(string text) => string.Concat(text.Select(sign => IsHarmless(sign) ? sign : '\uFFFD'));

    /// <summary>E.g. "0:07", "12:03" or "3:00:00"; hours, minutes and seconds.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1
            ? $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"
            : $"{time.Minutes}:{time.Seconds:00}";

    private static bool IsHarmless(char sign) =>
        char.GetUnicodeCategory(sign) is not (
            UnicodeCategory.Control or
            UnicodeCategory.Format or
            UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator);
}

using System.Globalization;
using System.Text;

namespace Grokking.Reporting;

/// <summary>Text that is safe to put on a line of a console.</summary>
public static class Printable
{
    /// <summary>The text on one line: control characters, line ends, direction marks and half surrogates become �.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.EnumerateRunes().Select(rune => IsHarmless(rune) ? rune.ToString() : "\uFFFD"));
    }

    /// <summary>E.g. "0:07", "12:03" or "3:00:00"; hours, minutes and seconds.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or
            UnicodeCategory.Format or
            UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator);
}

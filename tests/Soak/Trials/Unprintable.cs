using System.Globalization;
using System.Text;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Characters that end, move, turn or hide a line.</summary>
internal static class Unprintable
{
    public static bool IsIn(string text) => text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

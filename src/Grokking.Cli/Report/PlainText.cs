using System.Globalization;
using System.Text;

namespace Grokking.Cli.Report;

/// <summary>Text from outside, made harmless for a reader's eye.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text with what cannot be seen made visible: control characters, direction marks and halves of surrogate pairs become "\u202E". Line ends
    /// stay.
    /// </summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n' || IsVisible(rune))
            {
                plain.Append(rune);
            }
            else
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }

        return plain.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Of(text).Replace('\n', ' ');

    // EnumerateRunes gives U+FFFD for half a surrogate pair.
    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or
            UnicodeCategory.Format or
            UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator or
            UnicodeCategory.PrivateUse or
            UnicodeCategory.OtherNotAssigned);
}

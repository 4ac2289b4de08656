using System.Globalization;
using System.Text;

namespace Grokking;

/// <summary>A foreign text on one line: not too long, and without characters that move a cursor, turn the line or hide.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    /// <summary>The text, or its beginning and an ellipsis, with another text for each character that is not to be shown; half a surrogate pair is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most UTF-16 units of it.</param>
    /// <param name="replacement">What stands for the character; null for its code, e.g. \u001b.</param>
    public static string Of(string text, int longest = Longest, string? replacement = null)
    {
        int end = Math.Min(text.Length, longest);
        if (end < text.Length && char.IsSurrogatePair(text, end - 1))
        {
            end--;
        }

        var shown = new StringBuilder(end);
        for (int i = 0, units; i < end; i += units)
        {
            bool whole = Rune.TryGetRuneAt(text, i, out Rune rune);
            units = whole ? rune.Utf16SequenceLength : 1;
            _ = whole && IsPlain(rune) ? shown.Append(text, i, units) : shown.Append(replacement ?? Code(text.AsSpan(i, units)));
        }

        return end == text.Length ? shown.ToString() : shown.Append('…').ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private static string Code(ReadOnlySpan<char> units)
    {
        var code = new StringBuilder();
        foreach (char unit in units)
        {
            code.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return code.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace Grokking;

/// <summary>A user's text within a message: not too long, and without characters that move a cursor, turn the line or hide.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    /// <summary>The text, or its beginning and an ellipsis; what is not to be shown as its code, e.g. \u001b.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most UTF-16 units of it.</param>
    public static string Of(string text, int longest = Longest)
    {
        var shown = new StringBuilder();
        foreach (char unit in text.Length <= longest ? text : text[..longest])
        {
            bool plain = char.GetUnicodeCategory(unit) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
            _ = plain ? shown.Append(unit) : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return text.Length <= longest ? shown.ToString() : shown.Append('…').ToString();
    }
}

using System.Text;

namespace Grokking.Reporting;

/// <summary>Text from outside as Markdown that shows it and obeys nothing in it.</summary>
public static class MarkdownText
{
    private const string Signs = @"\`*_[]<>|~#&@!{}$";

    /// <summary>The text on one line with a backslash before every sign that Markdown may read.</summary>
    public static string Of(string text)
    {
        string line = Printable.Line(text);
        var escaped = new StringBuilder(line.Length);
        foreach (char sign in line)
        {
            escaped.Append(Signs.Contains(sign, StringComparison.Ordinal) ? $"\\{sign}" : sign);
        }

        // A web address would become a link.
        return escaped.ToString().Replace("://", ":\u200B//", StringComparison.Ordinal);
    }
}

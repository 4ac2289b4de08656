namespace Grokking.Reporting;

/// <summary>Text that is safe to put on a line of a console.</summary>
public static class Printable
{
    /// <summary>The text on one line: control characters, line ends, direction marks, half surrogates, private and unassigned characters become �.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ShownText.Of(text, int.MaxValue, "\uFFFD");
    }
}

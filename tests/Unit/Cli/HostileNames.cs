namespace Grokking.Tests.Unit.Cli;

/// <summary>Names that try to be something else: a path, a device, markup, a formula, a command, the other direction, or too much.</summary>
public static class HostileNames
{
    public static TheoryData<string> All { get; } =
    [
        // Paths.
        "../../x", "..\\..\\x", "/etc/passwd", "/", "C:\\x", "C:x", "\\\\host\\share", "a/b", ".", "..", "~", "~root", "file:///etc/passwd", "x/../../y",

        // Names that a file system keeps for itself or cannot keep.
        "CON", "nul", "COM1.txt", "AUX ", "a.", " a", "a:stream", "a?*<>|\"", ".hidden", "-rf", "--help", "@file",

        // Characters that end, move or turn a line, or are none.
        "a\0b", "a\nb", "a\r\nb", "a\tb", "a\u001b[31mred\u001b]0;title\u0007", "a\bb", "\u0085", "\u2028\u2029", "\u202Etxt.exe", "\u2066a\u2069",
        "\uFEFFa", "a\u200Bb", "\uFFFF", "\u0301", "é", "ＣＯＮ", "Ünïcödé", "😀", "👩‍👩‍👧‍👦", "ı İ ß",

        // Markup, formulas, commands of other readers.
        "[x]", "[red]x[/]", "[[/]", "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "::error::x", "::set-output name=a::b", "%0A::warning::x",
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]>", "<!--", "|a|b|", "`id`", "$(id)",
        "; rm -rf x", "a && b", "{0}", "{{x}}", "%s%n", "' OR 1=1 --", "${x}", "&lt;b&gt;",

        // Nothing, and too much of it.
        "", " ", new string('a', 4096), new string('[', 4096), string.Concat(Enumerable.Repeat("../", 1365)), string.Concat(Enumerable.Repeat("😀", 2048)),
    ];
}

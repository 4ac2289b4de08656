namespace Grokking.Tests.Unit;

/// <summary>Names that have broken other programs: a path, a device, markup, a formula, a command, the other direction, or too much.</summary>
internal static class HostileNames
{
    public static IReadOnlyList<string> Names { get; } =
    [
        // Paths, and what a store's own files are called.
        "../../x", "..\\..\\x", "..", ".", "/", "/etc/passwd", "~", "~/x", "C:\\x", "C:x", "\\\\host\\share", "a/b", "a\\b", "x/../../y", "file:///etc/passwd",
        "spec.json", "manifest.json.tmp-1-1", new string('/', 300), string.Concat(Enumerable.Repeat("../", 1365)),

        // Names that a file system keeps for itself or cannot keep, and options.
        "con", "CON", "NUL", "AUX ", "lpt1.txt", "a:b", "a:stream", "a>b", "a<b", "a*b", "a?b", "trailing ", "trailing.", " ", ".hidden", "-rf", "--help", "@file", "",

        // Characters that end, move or turn a line, or are none.
        "a\0b", "a\nb", "a\r\nb", "\t", "a\bb", "\u0007", "\u001b[31m", "\u001b]0;title\u0007", "\u0085", "\u2028\u2029", "\u202Egnp.exe", "\u2066a\u2069", "\u200B",
        "\uFEFF", "\uFFFF", "😀", "👩‍👩‍👧‍👦", "é", "e\u0301", "\u0301", "ＣＯＮ", "İ", "ı", "ß",

        // Markup, formulas and commands of other readers.
        "[x]", "[red]x[/]", "[[/]", "{0}", "{{x}}", "%s%n", "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@x", "::error::x", "::set-output name=a::b", "%0A::error::", "x ##[error]y",
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "<!--", "]]>", "&amp;", "|a|b|", "$(reboot)", "`reboot`", "%PATH%",
        "$HOME", "a;b", "a|b", "a&b", "; rm -rf x", "\"", "'", "''", "' OR 1=1 --", "null", "true", "__proto__", "__metadata__",

        // Too much.
        new string('a', 4096), new string('[', 4096), string.Concat(Enumerable.Repeat("😀", 2048)),
    ];

    /// <summary>The same for a theory.</summary>
    public static TheoryData<string> All { get; } = [.. Names];
}

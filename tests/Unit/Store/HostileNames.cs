namespace Grokking.Tests.Unit.Store;

/// <summary>Names that have broken other programs.</summary>
internal static class HostileNames
{
    public static TheoryData<string> All { get; } =
    [
        "../../x", "..", ".", "/etc/passwd", "~/x", "C:\\x", "\\\\host\\share", "a/b", "a\\b", "a:b", "con", "NUL", "lpt1.txt", "a\0b", "a\nb", "a\r\nb", "\t", " ",
        "trailing ", "trailing.", "-rf", "--help", "$(reboot)", "`reboot`", "%PATH%", "$HOME", "a;b", "a|b", "a&b", "a>b", "a<b", "a*b", "a?b", "\"", "'", "''", "[x]",
        "[red]x[/]", "{0}", "%s%n", "=cmd|'/c calc'!A1", "+1", "@x", "::error::x", "::set-output name=a::b", "%0A::error::", "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "<!--", "]]>", "&amp;", "\u202Egnp.exe", "\u200B", "\uFEFF", "😀", "é", "e\u0301", "İ", "ß", "\u001b[31m", "\u0007",
        new string('a', 4096), new string('/', 300), "spec.json", "manifest.json.tmp-1-1", "null", "true", "__proto__", "__metadata__",
    ];
}

namespace Grokking.Cli.Report;

/// <summary>A verdict as a sign, a word and a colour, each enough by itself.</summary>
internal static class VerdictMark
{
    public static Html Of(ReportedClaim claim)
    {
        string kind = claim.Run switch { null => "not-run", { Verdict.Holds: true } => "holds", { Passes: true } => "reported", _ => "fails" };
        return Html.Of($"""<span class="verdict {kind}">{InWords(claim)}</span>""");
    }

    /// <summary>The sign and the word.</summary>
    public static string InWords(ReportedClaim claim) => claim.Run switch
    {
        null => "– not run",
        { Claim.ReportedOnly: not null, Verdict.Holds: var holds } => holds ? "✓ reported: holds" : "✗ reported: does not hold",
        { Verdict.Holds: true } => "✓ holds",
        _ => "✗ does not hold",
    };

    public static Html Of(bool holds) => holds
        ? Html.Of($"""<span class="verdict holds">✓ yes</span>""")
        : Html.Of($"""<span class="verdict fails">✗ no</span>""");
}

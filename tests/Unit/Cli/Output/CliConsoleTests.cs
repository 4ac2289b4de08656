using Grokking.Cli.Output;

namespace Grokking.Tests.Unit.Cli.Output;

[Trait("Category", "Unit")]
public sealed class CliConsoleTests
{
    private const string Hostile = "run [x] [red]red[/] {0} \u001b[31m\u0007\n::error::x\u202eend";
    private const string Harmless = "run [x] [red]red[/] {0} �[31m��::error::x�end";

    private static readonly TerminalSupport s_terminal = new(Redraws: true, Styles: true);
    private static readonly TerminalSupport s_noColor = new(Redraws: true, Styles: false);

    [Theory]
    [InlineData(Tone.Plain)]
    [InlineData(Tone.Good)]
    [InlineData(Tone.Bad)]
    [InlineData(Tone.Strong)]
    [InlineData(Tone.Faint)]
    internal void In_a_pipe_and_with_NO_COLOR_no_line_has_an_escape(Tone tone)
    {
        foreach (TerminalSupport support in (TerminalSupport[])[TerminalSupport.TextOnly, s_noColor])
        {
            using var console = new RecordedConsole(support);

            console.Console.Line(Hostile, tone);
            console.Console.ErrorLine(Hostile, tone);

            Assert.Equal(Harmless + "\n", console.Output);
            Assert.Equal(Harmless + "\n", console.Error);
        }
    }

    [Theory]
    [InlineData(Tone.Good)]
    [InlineData(Tone.Bad)]
    [InlineData(Tone.Strong)]
    [InlineData(Tone.Faint)]
    internal void On_a_terminal_a_tone_is_a_style_and_the_text_is_no_markup(Tone tone)
    {
        using var console = new RecordedConsole(s_terminal);

        console.Console.Line(Hostile, tone);

        Assert.StartsWith("\u001b[", console.Output, StringComparison.Ordinal);
        Assert.Contains(Harmless, console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "xterm-256color", null, null, false, false)]
    [InlineData(false, "xterm-256color", null, null, true, true)]
    [InlineData(false, "xterm-256color", "1", null, true, false)]
    [InlineData(false, "xterm-256color", "", null, true, true)]
    [InlineData(false, "xterm-256color", null, "true", false, true)]
    [InlineData(false, "dumb", null, null, false, false)]
    public void What_a_stream_can_show_follows_from_the_stream_and_the_environment(
        bool isRedirected, string term, string? noColor, string? ci, bool redraws, bool styles)
    {
        TerminalSupport support = TerminalSupport.Of(
            isRedirected, name => name switch { "TERM" => term, "NO_COLOR" => noColor, "CI" => ci, _ => null });

        Assert.Equal(new TerminalSupport(redraws, styles), support);
    }

    [Fact]
    public void A_table_in_a_pipe_is_as_wide_as_its_text()
    {
        using var console = new RecordedConsole();
        var table = new Grokking.Reporting.Table("Claim", "n");
        table.Add(new string('x', 300), "[1]");

        console.Console.Show(table);

        Assert.Equal(new string('x', 300) + "  [1]", console.OutputLines[^1]);
    }
}

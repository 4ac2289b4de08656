using System.Globalization;
using System.Text;
using Grokking.Reporting;
using Spectre.Console;

namespace Grokking.Cli.Output;

/// <summary>How a line is meant. Without styles it looks like every other.</summary>
internal enum Tone
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Something holds or is done.</summary>
    Good,

    /// <summary>Something does not hold or failed.</summary>
    Bad,

    /// <summary>To be seen first.</summary>
    Strong,

    /// <summary>To be overlooked.</summary>
    Faint,
}

/// <summary>
/// Everything the tool says goes through here: results to the standard output, complaints to the standard error. Text is never markup, and a
/// control character in it never reaches a terminal.
/// </summary>
internal sealed class CliConsole
{
    private readonly IAnsiConsole _styledOut;
    private readonly IAnsiConsole _styledError;
    private readonly TerminalSupport _support;
    private readonly TerminalSupport _errorSupport;

    /// <summary>A console over two streams.</summary>
    /// <param name="output">The standard output.</param>
    /// <param name="support">What its reader can do.</param>
    /// <param name="error">The standard error.</param>
    /// <param name="errorSupport">What its reader can do.</param>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
    public CliConsole(
        TextWriter output, TerminalSupport support, TextWriter error, TerminalSupport errorSupport, Func<string, string?> variable)
    {
        Out = output;
        Error = error;
        Variable = variable;
        _support = support;
        _errorSupport = errorSupport;
        _styledOut = Create(output, support);
        _styledError = Create(error, errorSupport);
    }

    /// <summary>The standard output as it is, for data that another program reads: JSON, CSV, Markdown.</summary>
    public TextWriter Out { get; }

    /// <summary>The standard error as it is.</summary>
    public TextWriter Error { get; }

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    public Func<string, string?> Variable { get; }

    /// <summary>A terminal that can be drawn again; null where lines have to follow lines.</summary>
    public IAnsiConsole? Live => _support.Redraws ? _styledOut : null;

    /// <summary>Whether lines have styles.</summary>
    public bool HasStyles => _support.Styles;

    /// <summary>Whether GitHub's runner reads the output, and obeys some of its lines.</summary>
    public bool IsInGitHubJob => string.Equals(Variable(WorkflowCommand.JobVariable), "true", StringComparison.Ordinal);

    /// <summary>The process's own streams and environment.</summary>
    public static CliConsole OfProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new CliConsole(
            Console.Out,
            TerminalSupport.Of(Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
            Console.Error,
            TerminalSupport.Of(Console.IsErrorRedirected, Environment.GetEnvironmentVariable),
            Environment.GetEnvironmentVariable);
    }

    /// <summary>One line of the result.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain) => Write(Out, _styledOut, _support, text, tone);

    /// <summary>One line about the result, beside it.</summary>
    public void ErrorLine(string text, Tone tone = Tone.Plain) => Write(Error, _styledError, _errorSupport, text, tone);

    /// <summary>A table with its columns aligned.</summary>
    /// <param name="table">What is shown.</param>
    /// <param name="mostRows">The rows behind are told as a number; null shows all.</param>
    public void Show(Reporting.Table table, int? mostRows = null)
    {
        string[] lines = table.ToText().TrimEnd('\n').Split('\n');
        int shown = Math.Min(table.Rows.Count, mostRows ?? int.MaxValue), above = lines.Length - table.Rows.Count;
        foreach (string line in lines.Take(above + shown))
        {
            Line(line);
        }

        if (shown < table.Rows.Count)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"… and {table.Rows.Count - shown} rows more"));
        }
    }

    /// <summary>How a terminal shows a tone.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        _ => Style.Plain,
    };

    private void Write(TextWriter plain, IAnsiConsole styled, TerminalSupport support, string text, Tone tone)
    {
        string line = Printable.Line(text);
        if (IsInGitHubJob)
        {
            line = WorkflowCommand.Disarm(line);
        }

        if (support.Styles && tone != Tone.Plain)
        {
            styled.WriteLine(line, StyleOf(tone));
        }
        else
        {
            plain.WriteLine(line);
        }
    }

    private static IAnsiConsole Create(TextWriter stream, TerminalSupport support) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = support.Redraws || support.Styles ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = support.Styles ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = support.Redraws ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new AnsiConsoleOutput(stream),
    });
}

using Grokking.Reporting;
using Spectre.Console;
using Table = Grokking.Reporting.Table;

namespace Grokking.Cli.Output;

/// <summary>
/// A table that a terminal draws again and again. Drawing over needs every row on one line: names in the first column lose their beginning where
/// the terminal is too narrow, and rows that do not fit are left out.
/// </summary>
internal static class TerminalTable
{
    private const string Cut = "…";
    private const int ShortestName = 12;

    // Two lines of headings, the line under the table, and one to type on.
    private const int LinesAround = 4;

    /// <summary>How many rows a terminal has room for, ≥ 1.</summary>
    public static int RoomOn(IAnsiConsole terminal) => Math.Max(1, terminal.Profile.Height - LinesAround);

    /// <summary>The first rows of a table as large as a terminal, with a line under it.</summary>
    public static Text Of(Table content, string caption, IAnsiConsole terminal) =>
        new(string.Join('\n', Lines(content, caption, RoomOn(terminal), terminal.Profile.Width)));

    /// <summary>The lines.</summary>
    internal static IReadOnlyList<string> Lines(Table content, string caption, int rows, int width)
    {
        int excess = Widest(content) - width;
        int longest = content.Rows.Select(row => row[0].Text.Length).DefaultIfEmpty(0).Max();
        int name = Math.Max(ShortestName, longest - excess);
        var fitting = new Table(content.Headings);
        foreach (IReadOnlyList<Cell> row in content.Rows.Take(rows))
        {
            fitting.Add([row[0].Text.Length <= name ? row[0] : Cut + row[0].Text[^(name - Cut.Length)..], .. row.Skip(1)]);
        }

        return [.. LinesOf(fitting).Append(caption).Select(line => line.Length <= width ? line : line[..Math.Max(0, width - Cut.Length)] + Cut)];
    }

    private static int Widest(Table table) => LinesOf(table).Max(line => line.Length);

    private static string[] LinesOf(Table table) => table.ToText().TrimEnd('\n').Split('\n');
}

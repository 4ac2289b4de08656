using Spectre.Console;

namespace Grokking.Cli.Output;

/// <summary>A table that a terminal draws again and again: no row is broken in two, and what does not fit is cut.</summary>
internal static class TerminalTable
{
    // What stands around the rows: heading, lines of the border, caption, and one line to type on.
    private const int LinesAround = 7;

    /// <summary>How many rows a terminal has room for, ≥ 1.</summary>
    public static int RoomOn(IAnsiConsole terminal) => Math.Max(1, terminal.Profile.Height - LinesAround);

    /// <summary>The first rows of a table, with a line under it.</summary>
    public static Spectre.Console.Table Of(Reporting.Table content, int mostRows, string caption)
    {
        Spectre.Console.Table table = new Spectre.Console.Table().Border(TableBorder.Simple);
        foreach (string heading in content.Headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true });
        }

        foreach (IReadOnlyList<Reporting.Cell> row in content.Rows.Take(mostRows))
        {
            table.AddRow(row.Select(cell => new Text(cell.Text)));
        }

        table.Caption = new TableTitle(Markup.Escape(caption), Style.Plain);
        return table;
    }
}

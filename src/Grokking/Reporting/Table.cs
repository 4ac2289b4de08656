using System.Text;

namespace Grokking.Reporting;

/// <summary>One field of a <see cref="Table"/>.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Link">Where it leads in Markdown: a path from the file that the table stands in; null for nowhere.</param>
public sealed record Cell(string Text, string? Link = null)
{
    /// <summary>A field that leads nowhere.</summary>
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Rows of text under headings, for a console and for Markdown. Cells may hold anything; nothing in them is obeyed.</summary>
public sealed class Table(params IReadOnlyList<string> headings)
{
    private readonly List<IReadOnlyList<Cell>> _rows = [];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Headings => headings;

    /// <summary>The rows, as they were added.</summary>
    public IReadOnlyList<IReadOnlyList<Cell>> Rows => _rows;

    /// <summary>Adds a row; control characters in it become �.</summary>
    /// <param name="cells">One for each heading.</param>
    public void Add(params IReadOnlyList<Cell> cells) => _rows.Add([.. cells.Select(cell => cell with { Text = Printable.Line(cell.Text) })]);

    /// <summary>Columns aligned by spaces, each line ended.</summary>
    public string ToText()
    {
        int[] widths = [.. headings.Select((heading, c) => _rows.Select(row => row[c].Text.Length).Append(heading.Length).Max())];
        var text = new StringBuilder();
        Append(headings);
        Append([.. widths.Select(width => new string('-', width))]);
        foreach (IReadOnlyList<Cell> row in _rows)
        {
            Append([.. row.Select(cell => cell.Text)]);
        }

        return text.ToString();

        void Append(IReadOnlyList<string> cells) =>
            text.Append(string.Join("  ", cells.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd()).Append('\n');
    }

    /// <summary>A Markdown table, each line ended by LF.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Append(headings);
        Append([.. headings.Select(_ => "---")]);
        foreach (IReadOnlyList<Cell> row in _rows)
        {
            Append([.. row.Select(cell => cell.Link is null ? MarkdownText.Of(cell.Text) : $"[{MarkdownText.Of(cell.Text)}]({cell.Link})")]);
        }

        return text.ToString();

        void Append(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}

using System.Buffers;
using Grokking.Reporting;

namespace Grokking.Cli.Export;

/// <summary>Text as one field of a CSV file that a spreadsheet may open.</summary>
internal static class CsvField
{
    // A spreadsheet takes what follows one of these for a formula.
    private static readonly SearchValues<char> s_formulaStarts = SearchValues.Create("=+-@＝＋－＠");

    // Needs no quotes, whichever character the reader separates fields by.
    private static readonly SearchValues<char> s_bare =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ._/+-*^()|²³");

    /// <summary>
    /// The field: an apostrophe in front of what would be a formula, � for control characters and line ends, quotes around and doubled
    /// within whatever is not plain. A number is not text: it is written as it is.
    /// </summary>
    public static string OfText(string text)
    {
        string line = Printable.Line(text);
        string harmless = line.TrimStart() is [char first, ..] && s_formulaStarts.Contains(first) ? "'" + line : line;
        return harmless.AsSpan().ContainsAnyExcept(s_bare) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}

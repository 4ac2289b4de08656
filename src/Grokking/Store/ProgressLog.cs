using System.Text;
using Grokking.Curves;

namespace Grokking.Store;

/// <summary>
/// The file progress.jsonl: one line for each evaluation while a run trains, for whoever watches. It is not flushed and no result comes from
/// it. Each line carries a check, so a line that was cut or damaged is passed over.
/// </summary>
internal static class ProgressLog
{
    private const int CheckLength = 8;
    private const string Start = "{\"point\":\"";
    private const string Middle = "\",\"check\":\"";
    private const string End = "\"}";

    /// <summary>A line with its end: the row of <see cref="CurveCsv"/> and its check.</summary>
    public static byte[] Line(CurvePoint point)
    {
        string row = CurveCsv.AppendRow(new StringBuilder(), point).ToString();
        return Encoding.ASCII.GetBytes($"{Start}{row}{Middle}{Check(row)}{End}\n");
    }

    /// <summary>The points of the lines that are whole, in their order.</summary>
    public static IReadOnlyList<CurvePoint> Read(ReadOnlySpan<byte> log)
    {
        List<CurvePoint> points = [];
        foreach (Range range in log.Split((byte)'\n'))
        {
            string line = Encoding.ASCII.GetString(log[range]);
            int rowLength = line.Length - Start.Length - Middle.Length - CheckLength - End.Length;
            if (rowLength > 0
                && line.StartsWith(Start, StringComparison.Ordinal)
                && line.Substring(Start.Length, rowLength) is string row
                && string.Equals(line[(Start.Length + rowLength)..], Middle + Check(row) + End, StringComparison.Ordinal)
                && CurveCsv.TryRead(Encoding.ASCII.GetBytes(row)) is CurvePoint point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    private static string Check(string row) => FileSeal.Of(Encoding.ASCII.GetBytes(row)).Sha256[..CheckLength];
}

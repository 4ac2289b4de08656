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

    /// <summary>A line with its end for each point: the row of <see cref="CurveCsv"/> and its check.</summary>
    public static byte[] Lines(IEnumerable<CurvePoint> points)
    {
        var lines = new StringBuilder();
        foreach (CurvePoint point in points)
        {
            string row = CurveCsv.AppendRow(new StringBuilder(), point).ToString();
            lines.Append(Start).Append(row).Append(Middle).Append(Check(row)).Append(End).Append('\n');
        }

        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    /// <summary>The points that stand: an attempt that went back to an earlier step tells of the later ones again.</summary>
    public static IReadOnlyList<CurvePoint> ReadStanding(ReadOnlySpan<byte> log)
    {
        List<CurvePoint> standing = [];
        foreach (CurvePoint point in Read(log))
        {
            while (standing is [.., { Step: int last }] && last >= point.Step)
            {
                standing.RemoveAt(standing.Count - 1);
            }

            standing.Add(point);
        }

        return standing;
    }

    /// <summary>The points of the lines that are whole, in their order; of one step there may be several.</summary>
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

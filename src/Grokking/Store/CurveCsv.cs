using System.Globalization;
using System.Text;
using Grokking.Curves;

namespace Grokking.Store;

/// <summary>
/// A curve's evaluations as text: one heading, one line for each, LF after every line. Numbers are the shortest digits that read back as the same
/// number, "NaN", "Infinity" or "-Infinity"; an absent mirror-free accuracy is an empty field. One curve has one text.
/// </summary>
public static class CurveCsv
{
    /// <summary>The first line.</summary>
    public const string Heading = "step,train_loss,train_accuracy,val_loss,val_accuracy,mirror_free_val_accuracy,weight_norm";

    private const int Columns = 7;
    private const int MirrorFreeColumn = 5;
    private static readonly byte[] s_heading = Encoding.ASCII.GetBytes(Heading + "\n");

    /// <summary>The text in ASCII.</summary>
    public static byte[] Write(IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        StringBuilder text = new StringBuilder(Heading).Append('\n');
        foreach (CurvePoint point in points)
        {
            AppendRow(text, point).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote; of a number it takes other digits for the same value too.</summary>
    /// <exception cref="FormatException">It is no such text; the message names the line.</exception>
    public static IReadOnlyList<CurvePoint> Read(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(s_heading))
        {
            throw new FormatException($"line 1 of the curve is not \"{Heading}\"");
        }

        List<CurvePoint> points = new(text.Count((byte)'\n'));
        ReadOnlySpan<byte> rest = text[s_heading.Length..];
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            CurvePoint? point = end < 0 ? null : TryRead(rest[..end]);
            if (point is null || (points.Count > 0 && point.Step <= points[^1].Step))
            {
                throw new FormatException(FormattableString.Invariant($"line {points.Count + 2} of the curve is no evaluation after the one before it"));
            }

            points.Add(point);
            rest = rest[(end + 1)..];
        }

        return points;
    }

    /// <summary>One line, without its end.</summary>
    internal static StringBuilder AppendRow(StringBuilder text, CurvePoint point)
    {
        text.Append(CultureInfo.InvariantCulture, $"{point.Step}");
        Append(point.TrainLoss);
        Append(point.TrainAccuracy);
        Append(point.ValLoss);
        Append(point.ValAccuracy);
        Append(point.MirrorFreeValAccuracy);
        Append(point.WeightNorm);
        return text;

        void Append(double? value) => text.Append(',').Append(value?.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The evaluation that a line holds; null if it holds none.</summary>
    internal static CurvePoint? TryRead(ReadOnlySpan<byte> line)
    {
        Span<double> values = stackalloc double[Columns];
        bool mirrorFree = true;
        int column = 0;
        foreach (Range part in line.Split((byte)','))
        {
            ReadOnlySpan<byte> field = line[part];
            if (column == Columns)
            {
                return null;
            }

            if (column == MirrorFreeColumn && field.IsEmpty)
            {
                mirrorFree = false;
            }
            else if (!TryReadNumber(field, out values[column]))
            {
                return null;
            }

            column++;
        }

        int step = (int)values[0];
        return column == Columns && step >= 0 && step == values[0]
            ? new CurvePoint(step, values[1], values[2], values[3], values[4], mirrorFree ? values[MirrorFreeColumn] : null, values[6])
            : null;
    }

    // No spaces, groups or hexadecimal digits. That the digits are those that were written is for a hash to say.
    private static bool TryReadNumber(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
}

using System.Text.Json;
using System.Text;
using Grokking.Curves;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>A figure's points as JSON for the page's script. Written by the default encoder, which leaves nothing that HTML could read.</summary>
internal sealed record FigureData
{
    private FigureData(string json) => Json = json;

    public string Json { get; }

    /// <summary>Every point of every run; accuracies to 4 decimals and losses to 4 digits, which no screen resolves.</summary>
    public static FigureData Of(GroupFigure figure)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("name", Printable.Line(figure.Name));
            json.WriteNumber("end", figure.Axis.End);
            json.WriteString("lossUnit", figure.LossUnit);
            json.WriteNumber("lossEnd", Rounded(figure.LossEnd));
            WriteNullable(json, "chance", figure.ChanceLoss is { } chance ? Rounded(chance) : null);
            WriteNullable(json, "memorized", figure.Memorized.Value);
            WriteNullable(json, "generalized", figure.Generalized.Value);
            json.WriteStartArray("runs");
            for (int i = 0; i < figure.Curves.Count; i++)
            {
                IReadOnlyList<CurvePoint> points = figure.Curves[i].Points;
                json.WriteStartObject();
                json.WriteString("seed", FormattableString.Invariant($"{figure.Seeds[i]}"));
                Write(json, "step", points, point => point.Step);
                Write(json, "train", points, point => Math.Round(point.TrainAccuracy, 4));
                Write(json, "val", points, point => Math.Round(point.ValAccuracy, 4));
                Write(json, "loss", points, point => Rounded(point.ValLoss));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new FigureData(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void WriteNullable(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // JSON has no NaN and no infinity; null is a gap.
    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<CurvePoint> points, Func<CurvePoint, double> value)
    {
        json.WriteStartArray(name);
        foreach (CurvePoint point in points)
        {
            double number = value(point);
            if (double.IsFinite(number))
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static double Rounded(double value) =>
        double.IsFinite(value)
            ? double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)
            : value;
}

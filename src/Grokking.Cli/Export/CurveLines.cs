using System.Buffers;
using System.Text;
using System.Text.Json;
using Grokking.Curves;

namespace Grokking.Cli.Export;

/// <summary>Curves as JSON Lines: an object for each evaluation, every line complete in itself.</summary>
internal static class CurveLines
{
    /// <summary>
    /// Writes the lines in ASCII, LF after each: <see cref="RunColumns"/>, then the evaluation. NaN and the infinities, for which JSON has no
    /// numbers, are the strings "NaN", "Infinity" and "-Infinity"; what was not measured is null.
    /// </summary>
    public static void Write(IReadOnlyList<ExportedRun> runs, TextWriter output)
    {
        IReadOnlyList<string> varied = RunColumns.VariedIn(runs);
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line);
        foreach (ExportedRun run in runs)
        {
            foreach (CurvePoint point in run.Curve.Points)
            {
                line.ResetWrittenCount();
                json.Reset();
                json.WriteStartObject();
                WriteRun(json, run, varied);
                WritePoint(json, point);
                json.WriteEndObject();
                json.Flush();
                output.Write(Encoding.ASCII.GetString(line.WrittenSpan) + "\n");
            }
        }
    }

    private static void WriteRun(Utf8JsonWriter json, ExportedRun run, IReadOnlyList<string> varied)
    {
        json.WriteString(RunColumns.Fixed[0], run.Key);
        json.WriteString(RunColumns.Fixed[1], run.EngineId);
        json.WriteString(RunColumns.Fixed[2], run.Task);
        WriteSetting(json, RunColumns.Fixed[3], run, RunColumns.TrainFractionPath);
        WriteSetting(json, RunColumns.Fixed[4], run, RunColumns.SeedPath);
        foreach (string path in varied)
        {
            WriteSetting(json, path, run, path);
        }
    }

    private static void WriteSetting(Utf8JsonWriter json, string name, ExportedRun run, string path)
    {
        json.WritePropertyName(name);
        if (run.Settings.TryGetValue(path, out JsonElement value))
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WritePoint(Utf8JsonWriter json, CurvePoint point)
    {
        json.WriteNumber("step", point.Step);
        WriteNumber(json, "train_loss", point.TrainLoss);
        WriteNumber(json, "train_accuracy", point.TrainAccuracy);
        WriteNumber(json, "val_loss", point.ValLoss);
        WriteNumber(json, "val_accuracy", point.ValAccuracy);
        WriteNumber(json, "mirror_free_val_accuracy", point.MirrorFreeValAccuracy);
        WriteNumber(json, "weight_norm", point.WeightNorm);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case double finite when double.IsFinite(finite): json.WriteNumber(name, finite); break;
            case double other: json.WriteString(name, other.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }
}

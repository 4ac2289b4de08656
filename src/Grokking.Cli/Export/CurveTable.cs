using System.Globalization;
using Grokking.Curves;

namespace Grokking.Cli.Export;

/// <summary>Curves as one tidy CSV table in long form: a line for each number of each evaluation.</summary>
internal static class CurveTable
{
    /// <summary>
    /// Writes a heading and the rows, LF after each: <see cref="RunColumns"/>, then step, set, metric and value. Numbers are the shortest digits
    /// that read back as the same number, "NaN", "Infinity" or "-Infinity". Text goes through <see cref="CsvField"/>.
    /// </summary>
    public static void Write(IReadOnlyList<ExportedRun> runs, TextWriter output)
    {
        IReadOnlyList<string> varied = RunColumns.VariedIn(runs);
        output.Write(Line([.. RunColumns.Fixed, .. varied]) + ",step,set,metric,value\n");
        foreach (ExportedRun run in runs)
        {
            string start = Line([
                run.Key, run.EngineId, run.Task, run.Text(RunColumns.TrainFractionPath), run.Text(RunColumns.SeedPath), .. varied.Select(run.Text)]);
            foreach (CurvePoint point in run.Curve.Points)
            {
                foreach (CurveMetric metric in CurveMetric.Of(point))
                {
                    output.Write(string.Create(
                        CultureInfo.InvariantCulture, $"{start},{point.Step},{metric.Set},{metric.Name},{metric.Value:R}\n"));
                }
            }
        }
    }

    private static string Line(IEnumerable<string> texts) => string.Join(',', texts.Select(CsvField.OfText));
}

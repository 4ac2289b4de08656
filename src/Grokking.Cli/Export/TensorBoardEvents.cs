using Grokking.Curves;

namespace Grokking.Cli.Export;

/// <summary>A curve as a TensorBoard event file: one scalar for each number of each evaluation, under tags such as "val/accuracy".</summary>
/// <remarks>
/// There is no clock in it, so one curve has one file: the wall time of an evaluation is its step, in seconds from 1970, and TensorBoard's
/// relative axis counts steps. Scalars are single precision, as the format has them.
/// </remarks>
internal static class TensorBoardEvents
{
    /// <summary>The file's name; TensorBoard looks for "tfevents" in it and shows the name of the folder.</summary>
    public const string FileName = "events.out.tfevents.0.grok";

    // Fields of the messages Event, Summary and Summary.Value.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5;
    private const int Value = 1;
    private const int Tag = 1, SimpleValue = 2;

    /// <summary>Writes the file.</summary>
    public static void Write(LearningCurve curve, Stream file)
    {
        EventRecord.Write(file, new Protobuf().Double(WallTime, 0).Text(FileVersion, "brain.Event:2").ToArray());
        foreach (CurvePoint point in curve.Points)
        {
            var summary = new Protobuf();
            foreach (CurveMetric metric in CurveMetric.Of(point))
            {
                summary.Message(Value, new Protobuf().Text(Tag, metric.Tag).Single(SimpleValue, (float)metric.Value));
            }

            EventRecord.Write(file, new Protobuf().Double(WallTime, point.Step).Integer(Step, point.Step).Message(Summary, summary).ToArray());
        }
    }
}

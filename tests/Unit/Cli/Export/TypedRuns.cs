using Grokking.Cli.Export;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Export;

/// <summary>Runs that nobody trained.</summary>
internal static class TypedRuns
{
    public static Experiment Experiment { get; } = new() { Task = Operations.Add, Seed = 7 };

    public static CurvePoint Start { get; } = new(0, 4.5, 0.01, 4.625, 0.0, 0.25, 30);

    public static CurvePoint End { get; } = new(1_000, 1e-7, 1, double.NaN, 0.5, null, double.PositiveInfinity);

    /// <summary>Two evaluations, one of them diverged.</summary>
    public static LearningCurve Curve { get; } = new([Start, End], Budget: 1_000, RunOutcome.Diverged);

    public static ExportedRun Of(Experiment experiment) => OfText(CanonicalJson.Write(experiment));

    public static ExportedRun OfText(string experimentText) =>
        OfSpecification($$"""{"engine": "cpu-1", "experiment": {{experimentText}}}""");

    /// <summary>A run with this spec.json.</summary>
    public static ExportedRun OfSpecification(string text, LearningCurve? curve = null)
    {
        const string key = "0123456789abcdef";
        var manifest = new RunManifest
        {
            Schema = RunManifest.CurrentSchema,
            Key = key,
            Status = RunStatus.Complete,
            Engine = "cpu-1",
            Budget = Curve.Budget,
            Attempts = 1,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        };
        return new ExportedRun(new StoredRun(key, text, manifest, curve ?? Curve, () => []));
    }

    /// <summary>A run of an operation that somebody named as they liked.</summary>
    public static ExportedRun Named(string operation) =>
        OfText(new System.Text.Json.Nodes.JsonObject
        {
            ["task"] = new System.Text.Json.Nodes.JsonObject
            {
                ["formula"] = new System.Text.Json.Nodes.JsonObject { ["name"] = operation },
            },
            ["seed"] = 0,
            ["trainFraction"] = 0.5,
        }.ToJsonString());

    public static string Written(Action<IReadOnlyList<ExportedRun>, TextWriter> write, params ExportedRun[] runs)
    {
        using var output = new StringWriter();
        write(runs, output);
        return output.ToString();
    }
}

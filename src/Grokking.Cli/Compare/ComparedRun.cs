using System.Text.Json;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Cli.Compare;

/// <summary>A finished run with what was trained laid out flat, so that two runs can be compared field by field.</summary>
/// <param name="Engine">The engine that trained it.</param>
/// <param name="Fields">Each value of the experiment's canonical JSON by its path, e.g. "optimizer.weightDecay".</param>
/// <param name="Experiment">What was trained; null where it holds a record of somebody else's assembly, which is known by its fields alone.</param>
/// <param name="Curve">What came of it.</param>
internal sealed record ComparedRun(string Engine, IReadOnlyDictionary<string, string> Fields, Experiment? Experiment, LearningCurve Curve)
{
    /// <summary>The path of the field that decides the split, the initialisation and the batches.</summary>
    public const string Seed = "seed";

    /// <summary>Steps to 99 % validation accuracy, or more than the budget.</summary>
    public EventTime Generalized => Curve.FirstCrossing(Equations.Val, CurvePoint.LearntAccuracy).Within(Curve.Budget);

    /// <summary>A run of an experiment.</summary>
    public static ComparedRun Of(string engine, Experiment experiment, LearningCurve curve) =>
        new(engine, Flatten(CanonicalJson.Write(experiment)), experiment, curve);

    /// <summary>A run from the canonical text of its experiment.</summary>
    /// <exception cref="JsonException">The text is no JSON, or holds half of a surrogate pair.</exception>
    public static ComparedRun Of(string engine, string experimentJson, Experiment? experiment, LearningCurve curve) =>
        new(engine, Flatten(experimentJson), experiment, curve);

    /// <summary>A field's value; "–" where the experiment has none, as Sgd has no β₂.</summary>
    public string ValueOf(string path) => Fields.GetValueOrDefault(path, "–");

    private static Dictionary<string, string> Flatten(string json) =>
        ExperimentFields.Of(json).ToDictionary(field => field.Key, field => ExperimentFields.Text(field.Value), StringComparer.Ordinal);
}

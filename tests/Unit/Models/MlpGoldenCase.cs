using System.Text.Json.Serialization;
using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Models;

/// <summary>A golden case of an MLP.</summary>
public sealed record MlpGoldenCase : GoldenCase
{
    private const string CaseFolder = "mlp_cases";

    /// <summary>The names of all cases, sorted.</summary>
    public static new IReadOnlyList<string> Names { get; } = NamesIn(CaseFolder);

    /// <summary>The MLP; its initialisation does not matter.</summary>
    [JsonPropertyName("Model")]
    public required MlpConfig Config { get; init; }

    /// <summary>What is minimised.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>The width of the vector that stands for each class under squared error; null is one-hot.</summary>
    public required int? TemplateWidth { get; init; }

    /// <summary>Reads the case of this name.</summary>
    public static new MlpGoldenCase Load(string name) => Read<MlpGoldenCase>(Path.Combine(CaseFolder, name + ".json"));

    /// <inheritdoc/>
    public override Model NewModel() => new Mlp(Config, Vocabulary, SequenceLength, NewLoss());

    private OutputLoss NewLoss() => (Loss, TemplateWidth) switch
    {
        (LossKind.CrossEntropy, _) => OutputLoss.CrossEntropy(Vocabulary),
        (LossKind.StableMax, _) => OutputLoss.StableMax(Vocabulary),
        (_, null) => OutputLoss.SquaredError(Vocabulary),
        (_, { } width) => OutputLoss.SquaredError(Templates(width)),
    };

    private Matrix Templates(int width)
    {
        var templates = new Matrix(Vocabulary, width);
        float[] drawn = GoldenInputs.Templates(ParameterCount, Vocabulary * width);
        for (int c = 0; c < Vocabulary; c++)
        {
            drawn.AsSpan(c * width, width).CopyTo(templates.Row(c));
        }

        return templates;
    }
}

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

    /// <summary>The width of the vectors that the tokens stand for; null with tokens that stand for nothing.</summary>
    public required int? InputWidth { get; init; }

    /// <summary>Reads the case of this name.</summary>
    public static new MlpGoldenCase Load(string name) => Read<MlpGoldenCase>(Path.Combine(CaseFolder, name + ".json"));

    /// <inheritdoc/>
    public override Model NewModel()
    {
        Matrix? vectors = InputWidth is { } width ? Drawn(ParameterCount + (Vocabulary * TemplateWidth!.Value), width) : null;
        var model = new Mlp(Config, Vocabulary, SequenceLength, NewLoss(), vectors);

        // A readout that stays is drawn here, and outputs are 0 at the case's own start.
        model.Initialize(seed: 0, new float[ParameterCount]);
        model.StartFrom(InitialParameters());
        return model;
    }

    private OutputLoss NewLoss() => (Loss, TemplateWidth) switch
    {
        (LossKind.CrossEntropy, _) => OutputLoss.CrossEntropy(Vocabulary),
        (LossKind.StableMax, _) => OutputLoss.StableMax(Vocabulary),
        (_, null) => OutputLoss.SquaredError(Vocabulary),
        (_, { } width) => OutputLoss.SquaredError(Drawn(ParameterCount, width)),
    };

    // A row for each token or class, from this index on.
    private Matrix Drawn(int first, int width)
    {
        var rows = new Matrix(Vocabulary, width);
        float[] drawn = GoldenInputs.Symmetric(first, Vocabulary * width);
        for (int row = 0; row < Vocabulary; row++)
        {
            drawn.AsSpan(row * width, width).CopyTo(rows.Row(row));
        }

        return rows;
    }
}

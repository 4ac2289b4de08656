using System.Text.Json.Serialization;
using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Models;

/// <summary>A golden case of a transformer.</summary>
public sealed record TransformerGoldenCase : GoldenCase
{
    private const string CaseFolder = "cases";

    /// <summary>The names of all cases, sorted.</summary>
    public static new IReadOnlyList<string> Names { get; } = NamesIn(CaseFolder);

    /// <summary>The transformer; its initialisation does not matter.</summary>
    [JsonPropertyName("Model")]
    public required TransformerConfig Config { get; init; }

    /// <summary>(R) the positions whose logits are scored.</summary>
    public required IReadOnlyList<int> ReadPositions { get; init; }

    /// <summary>Reads the case of this name.</summary>
    public static new TransformerGoldenCase Load(string name) => Read<TransformerGoldenCase>(Path.Combine(CaseFolder, name + ".json"));

    /// <summary>Published parameter counts and the models that have them.</summary>
    public static IReadOnlyList<GoldenParameterCount> LoadParameterCounts() => Read<GoldenParameterCounts>("parameter_counts.json").Models;

    /// <inheritdoc/>
    public override Model NewModel() => new Transformer(Config, Vocabulary, SequenceLength, ReadPositions, Batches.Max(batch => batch.Tokens.Count));

    /// <summary>Sets the dropout masks.</summary>
    public override void Prepare(Model model, GoldenBatch batch)
    {
        IReadOnlyList<Matrix> masks = ((Transformer)model).KeepMasks;
        if (masks.Count == 0)
        {
            return;
        }

        // The file's factors are (L, B, T, d); the model's rows are position by position, and in the last block the scored ones.
        float[] factors = DropoutFactors(batch);
        int B = batch.Tokens.Count, T = SequenceLength, d = Config.DModel, reads = ReadPositions.Count;
        for (int l = 0; l < Config.NLayers; l++)
        {
            bool last = l == Config.NLayers - 1;
            for (int row = 0; row < B * (last ? reads : T); row++)
            {
                (int b, int t) = last ? (row / reads, ReadPositions[row % reads]) : (row % B, row / B);
                factors.AsSpan((((((l * B) + b) * T) + t) * d), d).CopyTo(masks[l].Row(row));
            }
        }
    }

    /// <summary>(L, B, T, d) what the MLP's outputs are multiplied by in every step on this batch; all ones without dropout.</summary>
    public float[] DropoutFactors(GoldenBatch batch) =>
        GoldenInputs.DropoutFactors(ParameterCount, Config.NLayers * batch.Tokens.Count * SequenceLength * Config.DModel, Config.Dropout);

    private sealed record GoldenParameterCounts(IReadOnlyList<GoldenParameterCount> Models);
}

/// <summary>A model with a published number of parameters.</summary>
/// <param name="Source">Who published it.</param>
/// <param name="Model">The transformer.</param>
/// <param name="Vocabulary">V.</param>
/// <param name="SequenceLength">T, which counts where positions are learned.</param>
/// <param name="Count">The published number.</param>
public sealed record GoldenParameterCount(string Source, TransformerConfig Model, int Vocabulary, int SequenceLength, int Count);

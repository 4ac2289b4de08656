using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grokking.Curves;

namespace Grokking.Store;

/// <summary>How far a stored run is.</summary>
public enum RunStatus
{
    /// <summary>Somebody began it; it has checkpoints or nothing, and no result.</summary>
    Running,

    /// <summary>It ended by itself and its curve and weights are kept.</summary>
    Complete,
}

/// <summary>A file's length and hash.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
internal sealed record FileSeal(long Length, string Sha256)
{
    public static FileSeal Of(ReadOnlySpan<byte> bytes) => new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}

/// <summary>The file manifest.json: written last, so a run that has a complete one is complete.</summary>
/// <remarks>It ends with the hash of all text before that hash, so a change of the manifest shows as one of the other files does.</remarks>
internal sealed record RunManifest
{
    public const int CurrentSchema = 1;

    private const string SealStart = "  \"sha256\": \"";
    private const string SealEnd = "\"\n}\n";

    private static readonly JsonSerializerOptions s_options = CreateOptions();

    [JsonPropertyOrder(0)]
    public required int Schema { get; init; }

    /// <summary>The hash of spec.json: a manifest belongs to one run.</summary>
    [JsonPropertyOrder(1)]
    public required string Key { get; init; }

    [JsonPropertyOrder(2)]
    public required RunStatus Status { get; init; }

    [JsonPropertyOrder(3)]
    public required string Engine { get; init; }

    [JsonPropertyOrder(4)]
    public required int Budget { get; init; }

    /// <summary>Null while the run is not complete, as are <see cref="Steps"/> and <see cref="Files"/>.</summary>
    [JsonPropertyOrder(5)]
    public RunOutcome? Outcome { get; init; }

    /// <summary>The last step of the curve.</summary>
    [JsonPropertyOrder(6)]
    public int? Steps { get; init; }

    /// <summary>How often somebody began or went on with the run, ≥ 1.</summary>
    [JsonPropertyOrder(7)]
    public required int Attempts { get; init; }

    /// <summary>The files of a complete run: spec.json, curve.csv and weights.safetensors.</summary>
    [JsonPropertyOrder(8)]
    public IReadOnlyDictionary<string, FileSeal>? Files { get; init; }

    /// <summary>Of the last attempt.</summary>
    [JsonPropertyOrder(9)]
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The file's bytes.</summary>
    public byte[] Write()
    {
        string body = JsonSerializer.Serialize(this, s_options)[..^"\n}".Length] + ",\n" + SealStart;
        return Encoding.UTF8.GetBytes(body + FileSeal.Of(Encoding.UTF8.GetBytes(body)).Sha256 + SealEnd);
    }

    /// <summary>The manifest, its hash verified.</summary>
    /// <exception cref="FormatException">It is not what <see cref="Write"/> wrote.</exception>
    /// <exception cref="StoreException">A newer version wrote it.</exception>
    public static RunManifest Read(ReadOnlySpan<byte> bytes)
    {
        int tail = FileSeal.Of([]).Sha256.Length + SealEnd.Length;
        if (bytes.Length <= tail)
        {
            throw new FormatException("the manifest is cut short");
        }

        ReadOnlySpan<byte> body = bytes[..^tail];
        string expected = FileSeal.Of(body).Sha256 + SealEnd;
        if (!bytes[^tail..].SequenceEqual(Encoding.ASCII.GetBytes(expected)) || !body.EndsWith(Encoding.ASCII.GetBytes(",\n" + SealStart)))
        {
            throw new FormatException("the manifest's own hash is not that of its text");
        }

        string text = Encoding.UTF8.GetString(body)[..^(",\n" + SealStart).Length] + "\n}";
        try
        {
            RefuseNewer(text);
            RunManifest manifest = JsonSerializer.Deserialize<RunManifest>(text, s_options)!;
            return manifest.IsConsistent() ? manifest : throw new FormatException("the manifest contradicts itself");
        }
        catch (JsonException exception)
        {
            throw new FormatException("the manifest is no manifest: " + exception.Message, exception);
        }
    }

    private static void RefuseNewer(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.TryGetProperty("schema", out JsonElement schema) && schema.TryGetInt32(out int version) && version > CurrentSchema)
        {
            throw new StoreException(FormattableString.Invariant(
                $"A newer version wrote this store: a manifest has schema {version}, and this version reads up to {CurrentSchema}. Update, or use another store."));
        }
    }

    private bool IsConsistent()
    {
        bool complete = Status == RunStatus.Complete;
        return Schema == CurrentSchema
            && Budget >= 1
            && Attempts >= 1
            && complete == Outcome is not null
            && complete == Steps is >= 0
            && complete == Files is { Count: 3 }
            && (!complete || new[] { StorePaths.Curve, StorePaths.Spec, StorePaths.Weights }.All(Files!.ContainsKey));
    }

    private static JsonSerializerOptions CreateOptions() => new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        IndentCharacter = ' ',
        IndentSize = 2,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };
}

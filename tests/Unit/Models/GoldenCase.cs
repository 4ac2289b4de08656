using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

/// <summary>
/// What PyTorch computes in float64 for one network, update rule and list of batches, written by tests/golden/generate.py. Its docstring
/// describes the file field by field.
/// </summary>
public abstract record GoldenCase
{
    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The case's name, also that of its file.</summary>
    public required string Name { get; init; }

    /// <summary>What the case is there to catch.</summary>
    public required string About { get; init; }

    /// <summary>The update rule, under the names of its record.</summary>
    public required GoldenOptimizer Optimizer { get; init; }

    /// <summary>Whether each tensor's gradient loses its part along the weights, before it is clipped.</summary>
    public bool OrthogonalGradient { get; init; }

    /// <summary>The gradient is scaled down to this norm where it is longer; null clips nothing.</summary>
    public required double? ClipNorm { get; init; }

    /// <summary>
    /// <see cref="Gradient"/> and <see cref="FinalParameters"/> hold the elements of the flat buffer whose index this divides.
    /// </summary>
    public required int Stride { get; init; }

    /// <summary>Number of distinct tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Update k sees batch k mod their number.</summary>
    public required IReadOnlyList<GoldenBatch> Batches { get; init; }

    /// <summary>The tensors in the order of the flat buffer, and how they start.</summary>
    public required IReadOnlyList<GoldenTensor> Parameters { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the initial parameters as little-endian float32.</summary>
    public required string InitialSha256 { get; init; }

    /// <summary>The loss before each of the ten updates on the batch of that update, and after them on the first batch.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Per tensor, the Euclidean norm of the gradient before the first update, unclipped.</summary>
    public required IReadOnlyList<double> GradientNorms { get; init; }

    /// <summary>Per tensor, the Euclidean norm of the sum of the ten updates.</summary>
    public required IReadOnlyList<double> UpdateNorms { get; init; }

    /// <summary>(⌈P / Stride⌉) the gradient before the first update, unclipped.</summary>
    [JsonConverter(typeof(LittleEndianFloats))]
    public required float[] Gradient { get; init; }

    /// <summary>(⌈P / Stride⌉) the parameters after ten updates.</summary>
    [JsonConverter(typeof(LittleEndianFloats))]
    public required float[] FinalParameters { get; init; }

    /// <summary>T, the tokens of one sequence.</summary>
    [JsonIgnore]
    public int SequenceLength => Batches[0].Tokens[0].Count;

    /// <summary>P, the number of parameters.</summary>
    [JsonIgnore]
    public int ParameterCount => Parameters.Sum(t => t.Count);

    /// <summary>The names of all cases: the transformers', then the MLPs', each sorted.</summary>
    public static IReadOnlyList<string> Names => [.. TransformerGoldenCase.Names, .. MlpGoldenCase.Names];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "golden");

    /// <summary>Reads the case of this name.</summary>
    public static GoldenCase Load(string name) =>
        MlpGoldenCase.Names.Contains(name, StringComparer.Ordinal) ? MlpGoldenCase.Load(name) : TransformerGoldenCase.Load(name);

    /// <summary>(P) the parameters before the first update, recomputed from <see cref="Parameters"/>.</summary>
    public float[] InitialParameters() => GoldenInputs.Parameters(Parameters);

    /// <summary>The model, with room for the largest batch.</summary>
    public abstract Model NewModel();

    /// <summary>What has to be done between loading the weights and a pass over this batch.</summary>
    public virtual void Prepare(Model model, GoldenBatch batch)
    {
    }

    /// <summary>The names of the files in a folder, sorted.</summary>
    protected static IReadOnlyList<string> NamesIn(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, folder), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A file of the golden folder.</summary>
    protected static T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(Folder, file)), _json)
        ?? throw new InvalidDataException($"{file} holds null.");

    private sealed class LittleEndianFloats : JsonConverter<float[]>
    {
        public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            ReadOnlySpan<byte> bytes = reader.GetBytesFromBase64();
            float[] values = new float[bytes.Length / sizeof(float)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
            }

            return values;
        }

        public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Golden files are written by tests/golden/generate.py.");
    }
}

/// <summary>The equations of one update.</summary>
/// <param name="Tokens">(B, T) input tokens.</param>
/// <param name="Targets">(B, R) the token that follows each read position, or (B, 1) the answer.</param>
public sealed record GoldenBatch(IReadOnlyList<IReadOnlyList<int>> Tokens, IReadOnlyList<IReadOnlyList<int>> Targets);

/// <summary>One tensor of the flat buffer, with the mean and half-width of its uniform start.</summary>
public sealed record GoldenTensor(string Name, int Rows, int Columns, double Base, double Scale)
{
    /// <summary>Number of elements.</summary>
    [JsonIgnore]
    public int Count => Rows * Columns;
}

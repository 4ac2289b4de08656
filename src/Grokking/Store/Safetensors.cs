using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Grokking.Store;

/// <summary>Writes and reads the safetensors format: a length, a JSON header with names, types, shapes and offsets, and the tensors' bytes.</summary>
/// <remarks>
/// The reader trusts nothing: every offset is checked in arithmetic that cannot overflow before any byte is looked at, the tensors must cover
/// the data without hole or overlap, and nothing is copied, so a file cannot make it allocate more than about its own size.
/// </remarks>
public static class Safetensors
{
    /// <summary>A longer header is refused; the largest real one here has a few kilobytes.</summary>
    public const int LongestHeader = 1 << 20;

    /// <summary>A file with more tensors is refused.</summary>
    public const int MostTensors = 4096;

    /// <summary>A tensor with more dimensions is refused.</summary>
    public const int HighestRank = 8;

    private const string MetadataName = "__metadata__";
    private const int LengthBytes = sizeof(ulong);

    private static readonly Dictionary<string, SafetensorsType> s_types =
        Enum.GetValues<SafetensorsType>().ToDictionary(type => type.ToString(), StringComparer.Ordinal);

    /// <summary>The bytes of a file. The same tensors and metadata give the same bytes.</summary>
    /// <param name="tensors">In the order in which their data lies.</param>
    /// <param name="metadata">Written in the order of its keys; null or empty for none.</param>
    /// <exception cref="SafetensorsException">The file could not be read back: a name is there twice or reserved, or there is too much of something.</exception>
    public static byte[] Write(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        CheckWritable(tensors);
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (SafetensorsTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (int length in tensor.Shape)
                {
                    json.WriteNumberValue(length);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.Data.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces bring the data to a multiple of eight bytes.
        int padded = (header.WrittenCount + 7) / 8 * 8;
        if (padded > LongestHeader)
        {
            throw new SafetensorsException(FormattableString.Invariant($"the header has {padded} bytes, more than the {LongestHeader} allowed"));
        }

        byte[] file = new byte[checked(LengthBytes + padded + tensors.Sum(tensor => tensor.Data.Length))];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.WrittenSpan.CopyTo(file.AsSpan(LengthBytes));
        file.AsSpan(LengthBytes + header.WrittenCount, padded - header.WrittenCount).Fill((byte)' ');
        int at = LengthBytes + padded;
        foreach (SafetensorsTensor tensor in tensors)
        {
            tensor.Data.CopyTo(file.AsMemory(at));
            at += tensor.Data.Length;
        }

        return file;
    }

    /// <summary>Reads a whole file. The tensors are views of it.</summary>
    /// <exception cref="SafetensorsException">It is no safetensors file as this reader is willing to understand it.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < LengthBytes)
        {
            throw new SafetensorsException(FormattableString.Invariant($"the file has {file.Length} bytes, less than the {LengthBytes} of a header's length"));
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > LongestHeader || headerLength > (ulong)(file.Length - LengthBytes))
        {
            throw new SafetensorsException(FormattableString.Invariant(
                $"the header claims {headerLength} bytes; allowed: {LongestHeader}, and no more than the file's {file.Length - LengthBytes}"));
        }

        ReadOnlyMemory<byte> header = file.Slice(LengthBytes, (int)headerLength).TrimEnd((byte)' ');
        ReadOnlyMemory<byte> data = file[(LengthBytes + (int)headerLength)..];
        if (header.Length < 2 || header.Span[0] != (byte)'{' || header.Span[^1] != (byte)'}' || !Utf8.IsValid(header.Span))
        {
            throw new SafetensorsException("the header is no JSON object in UTF-8 from its first byte to the spaces behind it");
        }

        try
        {
            return ReadHeader(header.Span, data);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An escaped half of a surrogate pair is no JsonException.
            throw new SafetensorsException("the header is no JSON object: " + exception.Message, exception);
        }
    }

    private static SafetensorsFile ReadHeader(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> data)
    {
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
        json.Read();
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        List<(int Begin, SafetensorsTensor Tensor)> found = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (!names.Add(name))
            {
                throw Wrong(name, "is there twice");
            }

            json.Read();
            if (string.Equals(name, MetadataName, StringComparison.Ordinal))
            {
                metadata = ReadMetadata(ref json);
            }
            else if (found.Count < MostTensors)
            {
                found.Add(ReadTensor(ref json, name, data));
            }
            else
            {
                throw new SafetensorsException(FormattableString.Invariant($"there are more than {MostTensors} tensors"));
            }
        }

        // The header ends with its last brace, so anything behind the object is an exception here.
        json.Read();
        return new SafetensorsFile(InOrder(found, data.Length), metadata);
    }

    private static List<SafetensorsTensor> InOrder(List<(int Begin, SafetensorsTensor Tensor)> found, int length)
    {
        List<SafetensorsTensor> tensors = new(found.Count);
        int covered = 0;
        foreach ((int begin, SafetensorsTensor tensor) in found.OrderBy(entry => entry.Begin).ThenBy(entry => entry.Tensor.Data.Length))
        {
            if (begin != covered)
            {
                throw Wrong(tensor.Name, FormattableString.Invariant(
                    $"begins at {begin}, but the data before it {(begin < covered ? "overlaps it up to" : "ends at")} {covered}"));
            }

            covered += tensor.Data.Length;
            tensors.Add(tensor);
        }

        return covered == length
            ? tensors
            : throw new SafetensorsException(FormattableString.Invariant($"the tensors cover {covered} bytes of data, but the file has {length}"));
    }

    private static (int Begin, SafetensorsTensor Tensor) ReadTensor(ref Utf8JsonReader json, string name, ReadOnlyMemory<byte> data)
    {
        SafetensorsType? type = null;
        int[]? shape = null;
        int[]? offsets = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(name, "is no object");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string field = json.GetString()!;
            json.Read();
            switch (field)
            {
                case "dtype" when type is null:
                    type = ReadType(ref json, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref json, name, field, HighestRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref json, name, field, longest: 2);
                    break;
                default:
                    throw Wrong(name, "has a field too many");
            }
        }

        if (type is not { } dtype || shape is null || offsets is not [int begin, int end])
        {
            throw Wrong(name, "lacks dtype, shape, or two data_offsets");
        }

        if (begin > end || end > data.Length)
        {
            throw Wrong(name, FormattableString.Invariant($"has data_offsets {begin} to {end} in {data.Length} bytes of data"));
        }

        return TryCountBytes(dtype, shape, out long bytes) && bytes == end - begin
            ? (begin, new SafetensorsTensor(name, dtype, shape, data[begin..end]))
            : throw Wrong(name, FormattableString.Invariant($"has {end - begin} bytes of data, which is not what its dtype and shape need"));
    }

    private static SafetensorsType ReadType(ref Utf8JsonReader json, string name)
    {
        string? type = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        return s_types.TryGetValue(type ?? "", out SafetensorsType found)
            ? found
            : throw Wrong(name, $"has a dtype that is none of {string.Join(", ", s_types.Keys)}");
    }

    private static int[] ReadNumbers(ref Utf8JsonReader json, string name, string field, int longest)
    {
        Span<int> numbers = stackalloc int[HighestRank];
        int count = 0;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(name, $"has a {field} that is no list");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (count == longest || json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out numbers[count]) || numbers[count] < 0)
            {
                throw Wrong(name, FormattableString.Invariant($"has a {field} that is no list of at most {longest} whole numbers from 0 to {int.MaxValue}"));
            }

            count++;
        }

        return [.. numbers[..count]];
    }

    private static bool TryCountBytes(SafetensorsType type, IReadOnlyList<int> shape, out long bytes)
    {
        bytes = SafetensorsTensor.BytesOf(type);
        foreach (int length in shape)
        {
            // Both factors are below 2³², so the product cannot wrap before the check.
            bytes *= length;
            if (bytes > int.MaxValue)
            {
                // A later 0 would make it small again, but no writer makes such a shape.
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader json)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new SafetensorsException($"{MetadataName} is no object");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.String || !metadata.TryAdd(key, json.GetString()!))
            {
                throw new SafetensorsException($"{MetadataName} holds something that is no string, or a key twice");
            }
        }

        return metadata;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is { Count: > 0 })
        {
            json.WriteStartObject(MetadataName);
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    private static void CheckWritable(IReadOnlyList<SafetensorsTensor> tensors)
    {
        if (tensors.Count > MostTensors)
        {
            throw new SafetensorsException(FormattableString.Invariant($"there are {tensors.Count} tensors; allowed: {MostTensors}"));
        }

        HashSet<string> names = new(StringComparer.Ordinal) { MetadataName };
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw Wrong(tensor.Name, "has a name that is taken");
            }

            if (tensor.Shape.Count > HighestRank
                || tensor.Shape.Any(length => length < 0)
                || !TryCountBytes(tensor.Type, tensor.Shape, out long bytes)
                || bytes != tensor.Data.Length)
            {
                throw Wrong(tensor.Name, FormattableString.Invariant($"has {tensor.Data.Length} bytes of data, which is not what its dtype and shape need"));
            }
        }
    }

    private static SafetensorsException Wrong(string name, string problem) => new($"tensor \"{ShownText.Of(name)}\" {problem}");
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>The number types that a file of ours may hold, by the format's names.</summary>
public enum SafetensorsType
{
    /// <summary>Bytes.</summary>
    U8,

    /// <summary>32-bit integers.</summary>
    I32,

    /// <summary>64-bit integers.</summary>
    I64,

    /// <summary>Single precision.</summary>
    F32,

    /// <summary>Double precision.</summary>
    F64,
}

/// <summary>A file's content.</summary>
/// <param name="Tensors">In the order of their data.</param>
/// <param name="Metadata">Free text; empty if the file has none.</param>
public sealed record SafetensorsFile(IReadOnlyList<SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Any text but "__metadata__", once a file.</param>
/// <param name="Type">The numbers' type.</param>
/// <param name="Shape">The length of each dimension, ≥ 0; none for a single number.</param>
/// <param name="Data">Row-major, little-endian.</param>
public sealed record SafetensorsTensor(string Name, SafetensorsType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The tensor of a checkpoint or of a model.</summary>
    public static SafetensorsTensor Of(NamedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        byte[] data = MemoryMarshal.AsBytes(tensor.Values.Span).ToArray();
        ReverseWhereBigEndian(data);
        return new SafetensorsTensor(tensor.Name, SafetensorsType.F32, tensor.Shape, data);
    }

    /// <summary>The numbers of an <see cref="SafetensorsType.F32"/> tensor, copied.</summary>
    /// <exception cref="SafetensorsException">It has another type.</exception>
    public NamedTensor ToNamedTensor()
    {
        if (Type != SafetensorsType.F32)
        {
            throw new SafetensorsException($"tensor \"{Name}\" is {Type}, not {nameof(SafetensorsType.F32)}");
        }

        float[] values = new float[Data.Length / sizeof(float)];
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        Data.Span.CopyTo(bytes);
        ReverseWhereBigEndian(bytes);
        return new NamedTensor(Name, Shape, values);
    }

    internal static int BytesOf(SafetensorsType type) => type switch
    {
        SafetensorsType.U8 => 1,
        SafetensorsType.I32 or SafetensorsType.F32 => 4,
        _ => 8,
    };

    private static void ReverseWhereBigEndian(Span<byte> floats)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(floats);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}

/// <summary>A file is not in the safetensors format, or uses more of it than this reader is willing to.</summary>
public sealed class SafetensorsException : FormatException
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="problem">A clause, e.g. "the header is no JSON object".</param>
    /// <param name="innerException">What was thrown deeper down.</param>
    public SafetensorsException(string problem, Exception? innerException = null)
        : base("Not a safetensors file: " + problem + ".", innerException)
    {
    }
}

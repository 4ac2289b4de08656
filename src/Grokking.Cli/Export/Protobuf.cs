using System.Buffers.Binary;
using System.Text;

namespace Grokking.Cli.Export;

/// <summary>The bytes of one protocol buffer message: the five kinds of field that a TensorBoard event has.</summary>
internal sealed class Protobuf
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly List<byte> _bytes = [];

    /// <summary>The message.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>An int64 field; ≥ 0.</summary>
    public Protobuf Integer(int field, long value)
    {
        Key(field, Varint);
        AppendVarint((ulong)value);
        return this;
    }

    /// <summary>A double field.</summary>
    public Protobuf Double(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Key(field, Fixed64);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A float field.</summary>
    public Protobuf Single(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Key(field, Fixed32);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A string field.</summary>
    public Protobuf Text(int field, string value) => Append(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A field that is a message itself.</summary>
    public Protobuf Message(int field, Protobuf value) => Append(field, value.ToArray());

    private Protobuf Append(int field, byte[] value)
    {
        Key(field, Bytes);
        AppendVarint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void Key(int field, int wireType) => AppendVarint(((ulong)field << 3) | (uint)wireType);

    // Seven bits a byte, lowest first; the top bit says that more follow.
    private void AppendVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}

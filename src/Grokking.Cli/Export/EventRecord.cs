using System.Buffers.Binary;
using System.Numerics;

namespace Grokking.Cli.Export;

/// <summary>The frame around each record of an event file: length, its checksum, the record, its checksum; all little-endian.</summary>
internal static class EventRecord
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Writes one record.</summary>
    public static void Write(Stream file, ReadOnlySpan<byte> record)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)], checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)record.Length);
        file.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedChecksum(length));
        file.Write(checksum);
        file.Write(record);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedChecksum(record));
        file.Write(checksum);
    }

    /// <summary>The CRC-32C of the bytes, turned and shifted so that a checksum of data that holds checksums stays a good one.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + MaskDelta);
    }
}

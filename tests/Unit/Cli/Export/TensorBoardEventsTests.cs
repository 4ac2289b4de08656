using System.Buffers.Binary;
using System.Text;
using Grokking.Cli.Export;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Cli.Export;

[Trait("Category", "Unit")]
public sealed class TensorBoardEventsTests
{
    [Fact]
    public void The_checksum_is_CRC_32C_masked()
    {
        // The check value of CRC-32C is E3069283; turned by 15 and moved by A282EAD8.
        Assert.Equal(unchecked(((0xE3069283u >> 15) | (0xE3069283u << 17)) + 0xA282EAD8u), EventRecord.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void A_record_lies_between_its_length_and_its_checksum()
    {
        using var file = new MemoryStream();

        EventRecord.Write(file, new byte[24]);

        // Every event file begins like this: its first record has 24 bytes.
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(file.ToArray().AsSpan(0, 12)));
        Assert.Equal(12 + 24 + 4, file.Length);
    }

    [Theory]
    [InlineData(0, "0800")]
    [InlineData(1, "0801")]
    [InlineData(127, "087F")]
    [InlineData(128, "088001")]
    [InlineData(300, "08AC02")]
    [InlineData(1_000_000, "08C0843D")]
    public void Integers_are_varints(long value, string bytes) => Assert.Equal(bytes, Convert.ToHexString(new Protobuf().Integer(1, value).ToArray()));

    [Fact]
    public void A_curve_is_a_version_and_an_event_for_each_evaluation()
    {
        var point = new CurvePoint(300, 1.5, 0.25, 2, 0, null, 3);
        using var file = new MemoryStream();

        TensorBoardEvents.Write(new LearningCurve([TypedRuns.Start, point], Budget: 300, RunOutcome.BudgetSpent), file);

        List<byte[]> records = Records(file.ToArray());
        Assert.Equal(3, records.Count);
        Assert.Equal("0900000000000000001A0D" + Convert.ToHexString("brain.Event:2"u8), Convert.ToHexString(records[0]));
        string[] values =
        [
            Value("train/loss", 1.5f),
            Value("train/accuracy", 0.25f),
            Value("val/loss", 2),
            Value("val/accuracy", 0),
            Value("weights/norm", 3),
        ];
        string summary = string.Concat(values);
        Assert.Equal($"09{LittleEndian(300.0)}10AC022A{summary.Length / 2:X2}{summary}", Convert.ToHexString(records[2]));
    }

    [Fact]
    public void A_diverged_curve_is_written_too()
    {
        using var file = new MemoryStream();

        TensorBoardEvents.Write(TypedRuns.Curve, file);

        string last = Convert.ToHexString(Records(file.ToArray())[^1]);
        Assert.Contains(Value("val/loss", float.NaN), last, StringComparison.Ordinal);
        Assert.Contains(Value("weights/norm", float.PositiveInfinity), last, StringComparison.Ordinal);
    }

    // One Summary.Value inside its Summary.
    private static string Value(string tag, float value)
    {
        byte[] single = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(single, value);
        string inner = $"0A{tag.Length:X2}{Convert.ToHexString(Encoding.ASCII.GetBytes(tag))}15{Convert.ToHexString(single)}";
        return $"0A{inner.Length / 2:X2}{inner}";
    }

    private static string LittleEndian(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Convert.ToHexString(bytes);
    }

    private static List<byte[]> Records(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            Assert.Equal(EventRecord.MaskedChecksum(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(EventRecord.MaskedChecksum(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(record);
            at += 12 + length + 4;
        }

        return records;
    }
}

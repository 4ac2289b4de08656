using System.Buffers.Binary;
using System.Text;
using Grokking.Store;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Files that mean harm. Each is refused with a typed error or is a valid file; none costs more memory than it is long.</summary>
internal static class SafetensorsTrials
{
    private const long Allowance = 1 << 20;

    /// <summary>Hand-written files: a name, whether the file is valid, and its bytes.</summary>
    public static IReadOnlyList<(string Name, bool Valid, byte[] Bytes)> HandWritten { get; } =
    [
        ("nothing at all", false, []),
        ("seven bytes", false, new byte[7]),
        ("only a length", false, new byte[8]),
        ("a header longer than the file", false, WithLength(3, "{}")),
        ("a huge header", false, WithLength(ulong.MaxValue, "{}")),
        ("a header above the limit", false, Of("{" + new string(' ', Safetensors.LongestHeader) + "}")),
        ("no JSON", false, Of("hello")),
        ("half of an object", false, Of("{")),
        ("a list", false, Of("[]")),
        ("a space before it", false, Of(" {}")),
        ("a line end behind it", false, Of("{}\n")),
        ("spaces behind it", true, Of("{}      ")),
        ("no tensors", true, Of("{}")),
        ("no UTF-8", false, [.. Of("{\"..\":0}").Select(b => b == (byte)'.' ? (byte)0xFF : b)]),
        ("half of a surrogate pair", false, Of("{\"\\ud800\":" + Entry("U8", "[1]", 0, 1) + "}", 1)),
        ("one tensor", true, Of("{\"a\":" + Entry("F32", "[2,2]", 0, 16) + "}", 16)),
        ("a single number", true, Of("{\"a\":" + Entry("F64", "[]", 0, 8) + "}", 8)),
        ("an empty tensor", true, Of("{\"a\":" + Entry("F32", "[0,7]", 0, 0) + "}")),
        ("an empty tensor between two", true, Of("{\"c\":" + Entry("U8", "[1]", 1, 2) + ",\"b\":" + Entry("F32", "[0]", 1, 1) + ",\"a\":" + Entry("U8", "[1]", 0, 1) + "}", 2)),
        ("text in the metadata", true, Of("{\"__metadata__\":{\"format\":\"pt\"}}")),
        ("a number in the metadata", false, Of("{\"__metadata__\":{\"format\":1}}")),
        ("metadata that is no object", false, Of("{\"__metadata__\":\"pt\"}")),
        ("a name twice", false, Of("{\"a\":" + Entry("U8", "[1]", 0, 1) + ",\"a\":" + Entry("U8", "[1]", 0, 1) + "}", 1)),
        ("a name twice, once escaped", false, Of("{\"a\":" + Entry("U8", "[1]", 0, 1) + ",\"\\u0061\":" + Entry("U8", "[1]", 0, 1) + "}", 1)),
        ("metadata twice", false, Of("{\"__metadata__\":{},\"__metadata__\":{}}")),
        ("a hole in front", false, Of("{\"a\":" + Entry("U8", "[1]", 1, 2) + "}", 2)),
        ("a hole between two", false, Of("{\"a\":" + Entry("U8", "[1]", 0, 1) + ",\"b\":" + Entry("U8", "[1]", 2, 3) + "}", 3)),
        ("an overlap", false, Of("{\"a\":" + Entry("U8", "[2]", 0, 2) + ",\"b\":" + Entry("U8", "[2]", 1, 3) + "}", 3)),
        ("the same bytes twice", false, Of("{\"a\":" + Entry("U8", "[2]", 0, 2) + ",\"b\":" + Entry("U8", "[2]", 0, 2) + "}", 2)),
        ("something behind the data", false, Of("{\"a\":" + Entry("U8", "[1]", 0, 1) + "}", 27)),
        ("two bytes missing", false, Of("{\"a\":" + Entry("F32", "[1]", 0, 4) + "}", 2)),
        ("a shape that wraps around", false, Of("{\"a\":" + Entry("F32", "[2,18446744073709551614]", 0, 8) + "}", 8)),
        ("a shape whose product wraps around", false, Of("{\"a\":" + Entry("U8", "[4294967296,4294967296]", 0, 0) + "}")),
        ("a shape whose product wraps around in ints", false, Of("{\"a\":" + Entry("U8", "[65536,65536,65536,65536]", 0, 0) + "}")),
        ("a huge shape with a zero in it", false, Of("{\"a\":" + Entry("U8", "[2147483647,2147483647,2147483647,0]", 0, 0) + "}")),
        ("a length below zero", false, Of("{\"a\":" + Entry("U8", "[-1]", 0, 1) + "}", 1)),
        ("a length with a point", false, Of("{\"a\":" + Entry("U8", "[1.5]", 0, 1) + "}", 1)),
        ("a length that is text", false, Of("{\"a\":" + Entry("U8", "[\"1\"]", 0, 1) + "}", 1)),
        ("too many dimensions", false, Of("{\"a\":" + Entry("U8", "[1,1,1,1,1,1,1,1,1]", 0, 1) + "}", 1)),
        ("offsets that are too few for the shape", false, Of("{\"a\":" + Entry("I32", "[2,2]", 0, 4) + "}", 4)),
        ("offsets in the wrong order", false, Of("{\"a\":" + Entry("U8", "[1]", 1, 0) + "}", 1)),
        ("offsets below zero", false, Of("{\"a\":" + Entry("U8", "[2]", -1, 1) + "}", 2)),
        ("offsets behind the end", false, Of("{\"a\":" + Entry("U8", "[9]", 0, 9) + "}", 1)),
        ("offsets that wrap around", false, Of("{\"a\":" + Entry("U8", "[1]", 9223372036854775807, 9223372036854775807) + "}", 1)),
        ("three offsets", false, Of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,1]}}", 1)),
        ("no offsets", false, Of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1)),
        ("a field too many", false, Of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"pickle\":\"\"}}", 1)),
        ("a type of a later version", false, Of("{\"a\":" + Entry("F4", "[1]", 0, 1) + "}", 1)),
        ("a type by its number", false, Of("{\"a\":" + Entry("0", "[1]", 0, 1) + "}", 1)),
        ("a type that is no text", false, Of("{\"a\":{\"dtype\":3,\"shape\":[1],\"data_offsets\":[0,1]}}", 1)),
        ("depth", false, Of("{\"a\":" + new string('[', 400) + new string(']', 400) + "}")),
        ("a comment", false, Of("{/* */}")),
        ("an overlap bomb", false, Of("{" + string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"{i}\":" + Entry("U8", "[1]", 0, 1))) + "}", 1)),
    ];

    /// <summary>Reads the hand-written files.</summary>
    /// <returns>Their number.</returns>
    public static int TryHandWritten()
    {
        foreach ((string name, bool valid, byte[] bytes) in HandWritten)
        {
            Violation.Unless(Read(bytes, name) == valid, $"{name}: {(valid ? "refused" : "accepted")}");
        }

        return HandWritten.Count;
    }

    /// <summary>Reads files that differ from a valid one in a few places.</summary>
    /// <param name="count">Number of files.</param>
    /// <param name="seed">Of the choices.</param>
    public static void Mutate(int count, int seed)
    {
        var chance = new Random(seed);
        byte[][] valid = [.. HandWritten.Where(file => file.Valid).Select(file => file.Bytes)];
        byte[] signs = Encoding.ASCII.GetBytes("{}[]\",:0123456789-.eE\\u \n\0");
        for (int trial = 0; trial < count; trial++)
        {
            List<byte> bytes = [.. valid[chance.Next(valid.Length)]];
            for (int change = chance.Next(1, 5); change > 0; change--)
            {
                int at = chance.Next(bytes.Count + 1);
                byte value = chance.Next(3) == 0 ? (byte)chance.Next(256) : signs[chance.Next(signs.Length)];
                switch (chance.Next(4))
                {
                    case 0 when at < bytes.Count:
                        bytes[at] = value;
                        break;
                    case 1 when at < bytes.Count:
                        bytes.RemoveRange(at, chance.Next(1, bytes.Count - at + 1));
                        break;
                    case 2:
                        bytes.InsertRange(at, bytes.Skip(chance.Next(bytes.Count + 1)).Take(chance.Next(60)).ToArray());
                        break;
                    default:
                        bytes.Insert(at, value);
                        break;
                }
            }

            // Most changes move the header's end; without this few would get behind its length.
            if (bytes.Count >= 8 && chance.Next(2) == 0)
            {
                int end = bytes.LastIndexOf((byte)'}') + 1;
                byte[] length = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Math.Max(0, end - 8));
                bytes.RemoveRange(0, 8);
                bytes.InsertRange(0, length);
            }

            Read([.. bytes], $"seed {seed}, trial {trial}");
        }
    }

    private static bool Read(byte[] bytes, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            SafetensorsFile file = Safetensors.Read(bytes);
            Violation.Unless(file.Tensors.Sum(tensor => (long)tensor.Data.Length) <= bytes.Length, $"{what}: more data than bytes");
            return true;
        }
        catch (SafetensorsException)
        {
            return false;
        }
        catch (Exception exception) when (exception is not Violation)
        {
            throw new Violation($"{what}: {exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Violation.Unless(allocated <= (2L * bytes.Length) + Allowance, $"{what}: {allocated} bytes allocated for a file of {bytes.Length}");
        }
    }

    private static string Entry(string type, string shape, long begin, long end) =>
        FormattableString.Invariant($"{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":[{begin},{end}]}}");

    private static byte[] Of(string header, int data = 0) => [.. WithLength((ulong)Encoding.UTF8.GetByteCount(header), header), .. new byte[data]];

    private static byte[] WithLength(ulong length, string header)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return [.. bytes, .. Encoding.UTF8.GetBytes(header)];
    }
}

using System.Buffers.Binary;
using System.Text;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class SafetensorsTests
{
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        byte[] file = Safetensors.Write(
            [SafetensorsTensor.Of(new NamedTensor("W", [1, 2], new[] { 1f, -2f })), new("n", SafetensorsType.I64, [], new byte[8])],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" });

        string header =
            """{"__metadata__":{"a":"1","b":"2"},"W":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";
        int padded = (header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(header.PadRight(padded), Encoding.UTF8.GetString(file.AsSpan(8, padded)));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0], file[(8 + padded)..]);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        float[] values = [0f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, float.MaxValue];
        byte[] file = Safetensors.Write(
            [SafetensorsTensor.Of(new NamedTensor("<script>", [2, 3], values)), new("empty", SafetensorsType.F64, [0], default)],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ключ"] = "\"\n\u202e" });

        SafetensorsFile read = Safetensors.Read(file);

        Assert.Equal(["<script>", "empty"], read.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        SafetensorsTensor tensor = read.Tensors.Single(tensor => tensor.Type == SafetensorsType.F32);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), tensor.ToNamedTensor().Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal("\"\n\u202e", Assert.Single(read.Metadata).Value);
    }

    [Fact]
    public void Tensors_come_in_the_order_of_their_data()
    {
        byte[] one = [1];
        byte[] file = Safetensors.Write([new("z", SafetensorsType.U8, [1], one), new("a", SafetensorsType.U8, [1], one)]);

        Assert.Equal(["z", "a"], Safetensors.Read(file).Tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        var tensor = new SafetensorsTensor("a", SafetensorsType.F32, [2], new byte[8]);

        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor, tensor]));
        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor with { Name = "__metadata__" }]));
        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor with { Shape = [3] }]));
        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor with { Shape = [-1, -2] }]));
        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor with { Shape = [2, 1, 1, 1, 1, 1, 1, 1, 1] }]));
        Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor with { Name = new string('a', Safetensors.LongestHeader) }]));
        Assert.Throws<SafetensorsException>(
            () => Safetensors.Write([.. Enumerable.Range(0, Safetensors.MostTensors + 1).Select(i => new SafetensorsTensor($"{i}", SafetensorsType.U8, [0], default))]));
    }

    [Fact]
    public void A_tensor_of_another_type_is_no_weight() =>
        Assert.Throws<SafetensorsException>(() => new SafetensorsTensor("a", SafetensorsType.I64, [1], new byte[8]).ToNamedTensor());

    [Fact]
    public void A_refusal_shows_a_hostile_name_on_one_short_line()
    {
        var tensor = new SafetensorsTensor("\u001b[31m\n" + new string('x', 5_000), SafetensorsType.U8, [2], new byte[1]);

        SafetensorsException refusal = Assert.Throws<SafetensorsException>(() => Safetensors.Write([tensor]));
        Assert.DoesNotContain(refusal.Message, char.IsControl);
        Assert.InRange(refusal.Message.Length, 1, 300);
    }
}

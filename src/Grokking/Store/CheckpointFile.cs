using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>
/// A checkpoint as one safetensors file: weights and optimiser state as they are, the curve so far as the bytes of its CSV. It names its run
/// and carries the hash of itself, so one rename makes a checkpoint, and a file that was damaged or comes from another run shows it.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = "grokking-checkpoint-1";
    private const string CurveName = "curve.csv";
    private const string SealName = "sha256";

    // What stands for the hash while it is computed.
    private static readonly string s_blank = new('0', RunKey.HashLength);

    public static byte[] Write(Checkpoint checkpoint, string key)
    {
        byte[] curve = CurveCsv.Write(checkpoint.Points);
        byte[] file = Safetensors.Write(
            [.. checkpoint.Tensors.Select(SafetensorsTensor.Of), new SafetensorsTensor(CurveName, SafetensorsType.U8, [curve.Length], curve)],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["format"] = Format,
                ["run"] = key,
                [SealName] = s_blank,
                ["step"] = checkpoint.Step.ToString(CultureInfo.InvariantCulture),
            });
        int at = PlaceOfSeal(file, s_blank) ?? throw new FormatException("a tensor's name looks like a hash");
        Encoding.ASCII.GetBytes(FileSeal.Of(file).Sha256, file.AsSpan(at));
        return file;
    }

    /// <summary>The checkpoint, its hash verified.</summary>
    /// <exception cref="FormatException">It is not what <see cref="Write"/> wrote for this run and step.</exception>
    public static Checkpoint Read(ReadOnlyMemory<byte> bytes, string key, int step)
    {
        SafetensorsFile file = Safetensors.Read(bytes);
        string seal = Expect("format", Format) && Expect("run", key) && Expect("step", step.ToString(CultureInfo.InvariantCulture))
            ? file.Metadata.GetValueOrDefault(SealName) ?? ""
            : throw new FormatException("the checkpoint is of another run, step or format");
        if (seal.Length != RunKey.HashLength || PlaceOfSeal(bytes.Span, seal) is not int at || !string.Equals(seal, HashWithBlank(bytes.Span, at), StringComparison.Ordinal))
        {
            throw new FormatException("the checkpoint's own hash is not that of its bytes");
        }

        return file.Tensors is [.., { Name: CurveName, Type: SafetensorsType.U8 } curve]
            ? new Checkpoint(step, CurveCsv.Read(curve.Data.Span), [.. file.Tensors.SkipLast(1).Select(tensor => tensor.ToNamedTensor())])
            : throw new FormatException("the checkpoint has no curve");

        bool Expect(string name, string value) => string.Equals(file.Metadata.GetValueOrDefault(name), value, StringComparison.Ordinal);
    }

    private static string HashWithBlank(ReadOnlySpan<byte> bytes, int at)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..at]);
        hash.AppendData(Encoding.ASCII.GetBytes(s_blank));
        hash.AppendData(bytes[(at + RunKey.HashLength)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The metadata comes first in the header, so the first place is the right one.
    private static int? PlaceOfSeal(ReadOnlySpan<byte> file, string seal)
    {
        byte[] entry = Encoding.ASCII.GetBytes($"\"{SealName}\":\"{seal}\"");
        int at = file[..Math.Min(file.Length, Safetensors.LongestHeader)].IndexOf(entry);
        return at < 0 ? null : at + entry.Length - 1 - seal.Length;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grokking.Curves;

/// <summary>A curve's bits in one line: two curves have one digest when every number in them is the same to the last bit.</summary>
public static class CurveDigest
{
    /// <summary>SHA-256, in hexadecimal, of the points' fields in their order, each as eight little-endian bytes; an absent one as a NaN.</summary>
    public static string Of(LearningCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (CurvePoint point in curve.Points)
        {
            double[] fields =
            [
                point.Step,
                point.TrainLoss,
                point.TrainAccuracy,
                point.ValLoss,
                point.ValAccuracy,
                point.MirrorFreeValAccuracy ?? double.NaN,
                point.WeightNorm,
            ];
            foreach (double field in fields)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, field);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

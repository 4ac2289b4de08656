using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>A run's bits in two lines: equal exactly when every number of the curve and every weight is the same to the last bit.</summary>
/// <param name="Curve">SHA-256 of the points' fields in their order, each as a little-endian double, an absent one as a NaN.</param>
/// <param name="Weights">SHA-256 of the weights, each as a little-endian float.</param>
public sealed record RunFingerprint(string Curve, string Weights)
{
    public static RunFingerprint Of(TrainedRun run) => new(OfCurve(run.Curve), OfWeights(run.Parameters.Span));

    private static string OfCurve(LearningCurve curve)
    {
        var bytes = new List<byte>();
        Span<byte> eight = stackalloc byte[sizeof(double)];
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
                BinaryPrimitives.WriteDoubleLittleEndian(eight, field);
                bytes.AddRange(eight);
            }
        }

        return Hash(CollectionsMarshal.AsSpan(bytes));
    }

    private static string OfWeights(ReadOnlySpan<float> weights)
    {
        byte[] bytes = new byte[weights.Length * sizeof(float)];
        for (int i = 0; i < weights.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), weights[i]);
        }

        return Hash(bytes);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>A run's bits in two lines: equal exactly when every number of the curve and every weight is the same to the last bit.</summary>
/// <param name="Curve">See <see cref="CurveDigest"/>.</param>
/// <param name="Weights">SHA-256 of the weights, each as a little-endian float.</param>
public sealed record RunFingerprint(string Curve, string Weights)
{
    public static RunFingerprint Of(TrainedRun run) => new(CurveDigest.Of(run.Curve), OfWeights(run.Parameters.Span));

    private static string OfWeights(ReadOnlySpan<float> weights)
    {
        byte[] bytes = new byte[weights.Length * sizeof(float)];
        for (int i = 0; i < weights.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), weights[i]);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}

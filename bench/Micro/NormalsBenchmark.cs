using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Gaussians, beside the same method (Box and Muller 1958) one pair at a time on the same words.</summary>
[BenchmarkCategory("Normals")]
public class NormalsBenchmark
{
    private const float TwoToMinus32 = 1f / 4294967296f;
    private readonly float[] _values = new float[1 << 16];
    private readonly RandomStream _stream = new(seed: 0, "normals");

    [Benchmark(Baseline = true)]
    public void Reference()
    {
        for (int i = 0; i < _values.Length; i += 2)
        {
            float radius = MathF.Sqrt(-2 * Elementary.Log((_stream.NextUInt32() + 1f) * TwoToMinus32));
            (float sin, float cos) = Elementary.SinCosOfTurn(_stream.NextUInt32() * TwoToMinus32);
            _values[i] = radius * cos;
            _values[i + 1] = radius * sin;
        }
    }

    [Benchmark]
    public void FillNormal() => _stream.FillNormal(_values, mean: 0, standardDeviation: 1);
}

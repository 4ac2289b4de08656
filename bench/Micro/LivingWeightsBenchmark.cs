using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>The copy of an MLP's weights without the smallest ones, for as many as Liu et al.'s toy has, one at a time and sixteen.</summary>
[BenchmarkCategory("LivingWeights")]
public class LivingWeightsBenchmark
{
    private const float Smallest = 1e-14f;
    private readonly float[] _weights = Operands.Array(46_640, "weights");
    private readonly float[] _living = new float[46_640];

    [Benchmark(Baseline = true)]
    public void OneByOne()
    {
        for (int i = 0; i < _living.Length; i++)
        {
            _living[i] = MathF.Abs(_weights[i]) < Smallest ? 0 : _weights[i];
        }
    }

    [Benchmark]
    public void CopyWithout() => Subnormals.CopyWithout(Smallest, _weights, _living);
}

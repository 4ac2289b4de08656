using BenchmarkDotNet.Attributes;
using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>The copy of a network's weights without the smallest ones, for as many as Liu et al.'s toy has, one at a time and sixteen.</summary>
[BenchmarkCategory("LivingWeights")]
public class LivingWeightsBenchmark
{
    private readonly float[] _weights = Operands.Array(46_640, "weights");
    private readonly float[] _living = new float[46_640];

    [Benchmark(Baseline = true)]
    public void OneByOne()
    {
        for (int i = 0; i < _living.Length; i++)
        {
            _living[i] = MathF.Abs(_weights[i]) < Model.SmallestWeight ? 0 : _weights[i];
        }
    }

    [Benchmark]
    public void CopyWithout() => Subnormals.CopyWithout(Model.SmallestWeight, _weights, _living);
}

using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Rows of width 128, forward and backward.</summary>
[BenchmarkCategory("LayerNorm")]
public class LayerNormBenchmark
{
    private const int Rows = 512;
    private const int Width = 128;
    private readonly Matrix _x = Operands.Matrix(Rows, Width, "x");
    private readonly Matrix _y = new(Rows, Width);
    private readonly float[] _gain = Operands.Array(Width, "gain");
    private readonly float[] _bias = Operands.Array(Width, "bias");
    private readonly float[] _dGain = new float[Width];
    private readonly float[] _dBias = new float[Width];
    private readonly float[] _mean = new float[Rows];
    private readonly float[] _rstd = new float[Rows];

    [Benchmark(Baseline = true)]
    public void Reference()
    {
        for (int row = 0; row < Rows; row++)
        {
            (float mean, float rstd) = LayerNorm.Reference(_x.Row(row), _gain, _bias, _y.Row(row));
            LayerNorm.BackwardReference(_y.Row(row), _x.Row(row), mean, rstd, _gain, _dGain, _dBias);
        }
    }

    [Benchmark]
    public void ForwardBackward()
    {
        LayerNorm.Forward(_x, _gain, _bias, _y, _mean, _rstd, 0, Rows);
        LayerNorm.Backward(_y, _x, _mean, _rstd, _gain, _dGain, _dBias, 0, Rows);
    }
}

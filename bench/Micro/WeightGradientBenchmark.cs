using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Transposed activations times gradients: dW of the MLP's first matrix over the rows of a full batch.</summary>
[BenchmarkCategory("WeightGradient")]
public class WeightGradientBenchmark
{
    private const int Rows = 1218;
    private const int In = 128;
    private const int Out = 512;
    private readonly Matrix _x = Operands.Matrix(Rows, In, "x");
    private readonly Matrix _dy = Operands.Matrix(Rows, Out, "dy");
    private readonly Matrix _scratch = new(In, Out);
    private readonly float[] _gradient = new float[In * Out];
    private readonly float[] _transposedX = new float[In * Rows];
    private readonly float[] _denseDy;

    public WeightGradientBenchmark()
    {
        _denseDy = Operands.Dense(_dy);
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < In; i++)
            {
                _transposedX[(i * Rows) + row] = _x.Row(row)[i];
            }
        }
    }

    [Benchmark(Baseline = true)]
    public void Reference() => Gemm.Reference(_transposedX, _denseDy, _gradient, In, Rows, Out);

    [Benchmark]
    public void MultiplyTransposed() => Gemm.MultiplyTransposed(_x, _dy, Rows, _gradient, _scratch);
}

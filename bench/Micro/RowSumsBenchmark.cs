using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>The gradient of a bias over the rows of Omnigrok's student, whose last vector is not full: the definition adds row after row.</summary>
[BenchmarkCategory("RowSums")]
public class RowSumsBenchmark
{
    private const int Width = 100;
    private readonly Matrix _rows = Operands.Matrix(Width, Width, "rows");
    private readonly float[] _sum = Operands.Array(Width, "sum");

    [Benchmark(Baseline = true)]
    public void RowByRow()
    {
        for (int row = 0; row < _rows.Rows; row++)
        {
            Lanes.Add(_rows.Row(row), _sum);
        }
    }

    [Benchmark]
    public void AddEach() => RowSums.AddEach(_rows, _rows.Rows, _sum);
}

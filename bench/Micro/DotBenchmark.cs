using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>A dot product of two templates of Liu et al.'s toy, whose last vector is not full: of spans, and of matrix rows, whose pads may be read.</summary>
[BenchmarkCategory("Dot")]
public class DotBenchmark
{
    private readonly Matrix _rows = Operands.Matrix(2, 30, "rows");

    [Benchmark(Baseline = true)]
    public float OfSpans() => Lanes.Dot(_rows.Row(0), _rows.Row(1));

    [Benchmark]
    public float OfMatrixRows() => Lanes.Dot(_rows, 0, _rows, 1);
}

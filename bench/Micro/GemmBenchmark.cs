using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Activations times weights: the MLP's first matrix, its second, and one of attention, over the rows of a full batch.</summary>
[BenchmarkCategory("Gemm")]
public class GemmBenchmark
{
    private Matrix _a = new(1, 1);
    private Matrix _c = new(1, 1);
    private PackedMatrix _b = new(1, 1);
    private float[] _denseA = [];
    private float[] _denseB = [];
    private float[] _denseC = [];

    [Params("1218x128x512", "1218x512x128", "1218x128x128")]
    public string Shape { get; set; } = "";

    private (int M, int K, int N) Size
    {
        get
        {
            int[] size = [.. Shape.Split('x').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
            return (size[0], size[1], size[2]);
        }
    }

    [GlobalSetup]
    public void Setup()
    {
        (int M, int K, int N) = Size;
        _a = Operands.Matrix(M, K, "a");
        _c = new Matrix(M, N);
        _denseA = Operands.Dense(_a);
        _denseB = Operands.Array(K * N, "b");
        _denseC = new float[M * N];
        _b = new PackedMatrix(K, N);
        _b.Pack(_denseB);
    }

    [Benchmark(Baseline = true)]
    public void Reference()
    {
        (int M, int K, int N) = Size;
        Gemm.Reference(_denseA, _denseB, _denseC, M, K, N);
    }

    [Benchmark]
    public void Multiply() => Gemm.Multiply(_a, _b, _c, 0, _a.Rows);
}

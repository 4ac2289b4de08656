using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Four heads of width 32, each of 512 answers reading its four tokens.</summary>
[BenchmarkCategory("Attention")]
public class AttentionBenchmark
{
    private const int Answers = 512;
    private const int T = 4;
    private const int Heads = 4;
    private const int DModel = 128;
    private readonly Matrix _q = Operands.Matrix(Answers, DModel, "q");
    private readonly Matrix _k = Operands.Matrix(Answers * T, DModel, "k");
    private readonly Matrix _v = Operands.Matrix(Answers * T, DModel, "v");
    private readonly Matrix _pattern = new(T * Heads, Answers);
    private readonly Matrix _z = new(Answers, DModel);
    private readonly AttentionRows _rows = new(Answers, T);
    private readonly float[][][] _keys = new float[Answers][][];
    private readonly float[][][] _values = new float[Answers][][];

    public AttentionBenchmark()
    {
        for (int n = 0; n < Answers; n++)
        {
            _rows.Query[n] = n;
            _rows.KeyCount[n] = T;
            for (int s = 0; s < T; s++)
            {
                _rows.Keys[(n * T) + s] = (n * T) + s;
            }

            _keys[n] = [.. Enumerable.Range(n * T, T).Select(row => _k.Row(row).ToArray())];
            _values[n] = [.. Enumerable.Range(n * T, T).Select(row => _v.Row(row).ToArray())];
        }
    }

    [Benchmark(Baseline = true)]
    public void Reference()
    {
        for (int n = 0; n < Answers; n++)
        {
            Attention.Reference(_q.Row(n), _keys[n], _values[n], Heads, _z.Row(n));
        }
    }

    [Benchmark]
    public void Forward() => Attention.Forward(_q, _k, _v, _rows, Answers, Heads, _pattern, _z);
}

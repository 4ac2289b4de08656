using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>
/// Products whose last panel has one column, as the outputs of Doshi et al.'s MLP, and is full. With vectors of 512 bits 97 columns cost what 112 do; were
/// the last panel always whole, they would cost as much as 128.
/// </summary>
[BenchmarkCategory("LastColumns")]
public class LastColumnsBenchmark
{
    private const int Units = 500;
    private readonly Matrix _hidden = Operands.Matrix(128, Units, "hidden");
    private readonly Matrix _output = new(128, 128);
    private readonly Matrix _narrowOutput = new(128, 97);
    private readonly PackedMatrix _weights = new(Units, 128);
    private readonly PackedMatrix _narrowWeights = new(Units, 97);

    public LastColumnsBenchmark()
    {
        _weights.Pack(Operands.Array(Units * 128, "weights"));
        _narrowWeights.Pack(Operands.Array(Units * 97, "weights"));
    }

    [Benchmark(Baseline = true)]
    public void WholePanels() => Gemm.Multiply(_hidden, _weights, _output, 0, _hidden.Rows);

    [Benchmark]
    public void OneColumnInTheLast() => Gemm.Multiply(_hidden, _narrowWeights, _narrowOutput, 0, _hidden.Rows);
}

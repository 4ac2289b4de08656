using BenchmarkDotNet.Attributes;
using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Loss and gradient of 512 answers over 99 tokens.</summary>
[BenchmarkCategory("CrossEntropy")]
public class CrossEntropyBenchmark
{
    private const int Answers = 512;
    private const int Vocabulary = 99;
    private readonly Matrix _logits = Operands.Matrix(Answers, Vocabulary, "logits");
    private readonly float[] _gradient = new float[Vocabulary];
    private readonly double[] _exponentials = new double[112];

    [Benchmark(Baseline = true)]
    public double Reference()
    {
        double loss = 0;
        for (int row = 0; row < Answers; row++)
        {
            loss += CrossEntropy.Reference(_logits.Row(row), row % Vocabulary, 1.0 / Answers, _gradient);
        }

        return loss;
    }

    // The logits become gradients, and those logits of the next call: the work does not depend on the values.
    [Benchmark]
    public double ForwardBackward()
    {
        double loss = 0;
        for (int row = 0; row < Answers; row++)
        {
            loss += CrossEntropy.ForwardBackward(_logits, row, row % Vocabulary, 1.0 / Answers, _exponentials).Loss;
        }

        return loss;
    }
}

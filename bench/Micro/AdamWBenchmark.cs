using BenchmarkDotNet.Attributes;
using Grokking.Models;
using Grokking.Optimizers;

namespace Grokking.Bench.Micro;

/// <summary>One update of all parameters of the paper's model.</summary>
[BenchmarkCategory("AdamW")]
public class AdamWBenchmark
{
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly AdamWOptimizer _optimizer;

    public AdamWBenchmark()
    {
        var model = new Transformer(new TransformerConfig(), vocabularySize: 99, length: 4, readPositions: [3], maxExamples: 1);
        _parameters = Operands.Array(model.Layout.Count, "parameters");
        _gradient = Operands.Array(model.Layout.Count, "gradient");
        _optimizer = new AdamWOptimizer(new AdamW(), _parameters, seed: 0);
    }

    [Benchmark(Baseline = true)]
    public void Reference() => _optimizer.Reference(_parameters, _gradient, 1e-3, step: 100);

    [Benchmark]
    public void Update() => _optimizer.Update(_parameters, _gradient, 1e-3, step: 100);
}

using Grokking.Models;
using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Training;

/// <summary>A user's own update rule, plain gradient descent, which keeps the steps it made and may answer each.</summary>
internal sealed record CountingOptimizer : OptimizerConfig
{
    public List<(int Step, double LearningRate)> Updates { get; } = [];

    public Action<int>? Then { get; init; }

    /// <summary>The step whose update leaves NaN everywhere; null for none.</summary>
    public int? SpoiledStep { get; init; }

    public override void Validate()
    {
    }

    public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed) => new Running(this);

    private sealed class Running(CountingOptimizer config) : Optimizer
    {
        public override IReadOnlyList<(string Name, Memory<float> Values)> State => [];

        public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= (float)learningRate * gradient[i];
            }

            if (step == config.SpoiledStep)
            {
                parameters.Fill(float.NaN);
            }

            config.Updates.Add((step, learningRate));
            config.Then?.Invoke(step);
        }
    }
}

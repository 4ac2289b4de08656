using System.Text.Json;
using Grokking.Tests.Probe;
using Grokking.Training;

namespace Grokking.Tests.Soak.Processes;

/// <summary>What a child process is to do: train some runs through a store, in an order of its own.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="FirstSeed">The seed of the first run; the others follow.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Steps">Budget of each.</param>
/// <param name="Shuffle">Seed of the order.</param>
/// <param name="DelayMilliseconds">How long it waits before it starts.</param>
internal sealed record Order(string Store, ulong FirstSeed, int Runs, int Steps, int Shuffle = 0, int DelayMilliseconds = 0)
{
    /// <summary>The runs in the order of their seeds. Between them they use every stream of random numbers and both optimiser buffers.</summary>
    public IReadOnlyList<Experiment> Experiments() => [.. Enumerable.Range(0, Runs).Select(i => Experiment(FirstSeed + (ulong)i, Steps))];

    public string ToLine() => JsonSerializer.Serialize(this);

    public static Order FromLine(string line) => JsonSerializer.Deserialize<Order>(line)!;

    private static Experiment Experiment(ulong seed, int steps) =>
        (seed % 2 == 0 ? ProbeRuns.PaperText : ProbeRuns.OpenAICode) with { Seed = seed, Steps = steps, EvaluationGrowth = 1.1 };
}

using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>Runs of a claim that differ in their seed alone.</summary>
/// <param name="Name">What they are, e.g. "x+y mod 97, 30 % data".</param>
/// <param name="Experiments">One a seed.</param>
public sealed record RunGroup(string Name, IReadOnlyList<Experiment> Experiments)
{
    /// <summary>An experiment with seeds 0 … <paramref name="count"/> − 1.</summary>
    public static RunGroup Seeds(string name, Experiment experiment, int count) =>
        new(name, [.. Enumerable.Range(0, count).Select(seed => experiment with { Seed = (ulong)seed })]);
}

/// <summary>A trained group.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Curves">In the order of its seeds.</param>
public sealed record TrainedGroup(string Name, IReadOnlyList<LearningCurve> Curves);

using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>
/// One sentence of a paper made into something that can fail: which experiments to train, and a pure judge of their curves. It trains nothing
/// itself, so its judge is tested with typed-in points.
/// </summary>
public abstract class Claim
{
    /// <summary>An identifier of letters, digits and hyphens; the claim's name in tables, labels and file names.</summary>
    public abstract string Name { get; }

    /// <summary>What is claimed, as one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>Where the paper says so, e.g. "Power et al. 2022, Figure 1 and §3.1".</summary>
    public abstract string Source { get; }

    /// <summary>How the quick tier differs from the paper, one sentence each.</summary>
    public abstract IReadOnlyList<string> Deviations { get; }

    /// <summary>The published numbers that ours stand beside; empty where no paper gives one.</summary>
    public abstract IReadOnlyList<PublishedFigure> Published { get; }

    /// <summary>What is trained at a tier, in the claim's own order. The same at every call; no two groups share a name.</summary>
    public abstract IReadOnlyList<RunGroup> Groups(Tier tier);

    /// <summary>The experiments of all groups, in order.</summary>
    public IReadOnlyList<Experiment> Experiments(Tier tier) => [.. Groups(tier).SelectMany(group => group.Experiments)];

    /// <summary>Holds the curves against the claim. The same curves always give the same verdict.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="curves">One for each of <see cref="Experiments"/>, in its order.</param>
    public Verdict Judge(Tier tier, IReadOnlyList<LearningCurve> curves)
    {
        List<TrainedGroup> trained = [];
        int first = 0;
        foreach (RunGroup group in Groups(tier))
        {
            trained.Add(new TrainedGroup(group.Name, [.. curves.Skip(first).Take(group.Experiments.Count)]));
            first += group.Experiments.Count;
        }

        return first == curves.Count
            ? JudgeGroups(tier, trained)
            : throw new ArgumentException($"{Name} judges {first} curves, not {curves.Count}.", nameof(curves));
    }

    /// <summary>The claim's judge.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="groups">As <see cref="Groups"/> lists them.</param>
    protected abstract Verdict JudgeGroups(Tier tier, IReadOnlyList<TrainedGroup> groups);
}

using Grokking.Training;

namespace Grokking.Claims;

/// <summary>
/// One sentence of a paper made into something that can fail: which experiments to train, and a pure judge of what they left behind. It trains
/// nothing itself, so its judge is tested with typed-in points.
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

    /// <summary>How the paper tier still differs from the paper, one sentence each, where it trains something else than the quick tier.</summary>
    public virtual IReadOnlyList<string> PaperDeviations => [];

    /// <summary>
    /// Why the claim is reported without gating, as one sentence: its test then passes whatever the verdict, as long as the run is the approved one.
    /// Null for a claim that gates.
    /// </summary>
    public virtual string? ReportedOnly => null;

    /// <summary>The published numbers that ours stand beside; empty where no paper gives one.</summary>
    public abstract IReadOnlyList<PublishedFigure> Published { get; }

    /// <summary>Pictures over what the claim varies, where the paper has one. Pure, like the judge.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="groups">As <see cref="Groups"/> lists them.</param>
    public virtual IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) => [];

    /// <summary>What is trained at a tier, in the claim's own order. The same at every call; no two groups share a name.</summary>
    public abstract IReadOnlyList<RunGroup> Groups(Tier tier);

    /// <summary>
    /// How what is trained at a tier differs from the paper: <see cref="Deviations"/>, or <see cref="PaperDeviations"/> at the paper tier of a claim that
    /// trains something else there.
    /// </summary>
    public IReadOnlyList<string> DeviationsAt(Tier tier) =>
        tier == Tier.Quick || Experiments(Tier.Paper).SequenceEqual(Experiments(Tier.Quick)) ? Deviations : PaperDeviations;

    /// <summary>The experiments of all groups, in order.</summary>
    public IReadOnlyList<Experiment> Experiments(Tier tier) => [.. Groups(tier).SelectMany(group => group.Experiments)];

    /// <summary>Puts runs into their groups and reads what the groups ask of their weights.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="runs">One for each of <see cref="Experiments"/>, in its order.</param>
    public IReadOnlyList<TrainedGroup> Read(Tier tier, IReadOnlyList<TrainedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        IReadOnlyList<RunGroup> groups = Groups(tier);
        int count = groups.Sum(group => group.Experiments.Count);
        return count == runs.Count
            ? TrainedGroup.Of(groups, runs)
            : throw new ArgumentException($"{Name} judges {count} runs, not {runs.Count}.", nameof(runs));
    }

    /// <summary>Holds what was trained against the claim. The same groups always give the same verdict.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="groups">As <see cref="Groups"/> lists them.</param>
    public abstract Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups);
}

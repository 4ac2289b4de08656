using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>A group of a claim with all that its runs left behind; the lists have one element a run, in the group's order.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Experiments">What was trained.</param>
/// <param name="Curves">What came of it.</param>
/// <param name="Origins">Whether it was trained for this verdict.</param>
public sealed record ClaimRunGroup(
    string Name,
    IReadOnlyList<Experiment> Experiments,
    IReadOnlyList<LearningCurve> Curves,
    IReadOnlyList<RunOrigin> Origins)
{
    /// <summary>The group as a judge sees it.</summary>
    public TrainedGroup Trained => new(Name, Curves);
}

/// <summary>A claim held against its runs: everything that a report shows of it. A pure value; equal runs give equal verdicts.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Tier">At which size it was tried.</param>
/// <param name="EngineId">Which engine's numerics the curves come from.</param>
/// <param name="Groups">As the claim lists them at the tier.</param>
/// <param name="Verdict">The claim's answer to these curves.</param>
public sealed record ClaimRun(Claim Claim, Tier Tier, string EngineId, IReadOnlyList<ClaimRunGroup> Groups, Verdict Verdict)
{
    /// <summary>Number of runs.</summary>
    public int Runs => Groups.Sum(group => group.Curves.Count);

    /// <summary>The different seeds of the runs, ascending.</summary>
    public IReadOnlyList<ulong> Seeds =>
        [.. Groups.SelectMany(group => group.Experiments).Select(experiment => experiment.Seed).Distinct().Order()];

    /// <summary>Judges a claim's runs.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="engineId">The engine that trained them.</param>
    /// <param name="curves">One for each of the claim's experiments, in their order.</param>
    /// <param name="origins">As many, in the same order.</param>
    /// <exception cref="ArgumentException">The number of curves or origins is not that of the experiments.</exception>
    public static ClaimRun Of(
        Claim claim, Tier tier, string engineId, IReadOnlyList<LearningCurve> curves, IReadOnlyList<RunOrigin> origins)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(origins);
        if (origins.Count != curves.Count)
        {
            throw new ArgumentException($"{claim.Name} has {curves.Count} curves and {origins.Count} origins; each curve has one.", nameof(origins));
        }

        Verdict verdict = claim.Judge(tier, curves);
        List<ClaimRunGroup> groups = [];
        int first = 0;
        foreach (RunGroup group in claim.Groups(tier))
        {
            int count = group.Experiments.Count;
            groups.Add(new(group.Name, group.Experiments, [.. curves.Skip(first).Take(count)], [.. origins.Skip(first).Take(count)]));
            first += count;
        }

        return new ClaimRun(claim, tier, engineId, groups, verdict);
    }
}

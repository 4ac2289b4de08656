using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>A group of a claim with all that its runs left behind; the lists have one element a run, in the group's order.</summary>
/// <param name="Experiments">What was trained.</param>
/// <param name="Trained">What came of it, as a judge sees it.</param>
/// <param name="Origins">Whether it was trained for this verdict.</param>
public sealed record ClaimRunGroup(IReadOnlyList<Experiment> Experiments, TrainedGroup Trained, IReadOnlyList<RunOrigin> Origins)
{
    /// <summary>The group's name.</summary>
    public string Name => Trained.Name;

    /// <summary>One a run.</summary>
    public IReadOnlyList<LearningCurve> Curves => Trained.Curves;
}

/// <summary>A claim held against its runs: everything that a report shows of it. A pure value; equal runs give equal verdicts.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Tier">At which size it was tried.</param>
/// <param name="EngineId">Which engine's numerics the curves come from.</param>
/// <param name="Groups">As the claim lists them at the tier.</param>
/// <param name="Verdict">The claim's answer to these runs.</param>
public sealed record ClaimRun(Claim Claim, Tier Tier, string EngineId, IReadOnlyList<ClaimRunGroup> Groups, Verdict Verdict)
{
    /// <summary>Number of runs.</summary>
    public int Runs => Groups.Sum(group => group.Curves.Count);

    /// <summary>Whether nothing is wrong with it: the claim holds, or is one that is only reported.</summary>
    public bool Passes => Verdict.Holds || Claim.ReportedOnly is not null;

    /// <summary>The verdict in words, e.g. "holds" or "reported: does not hold".</summary>
    public string InWords => (Claim.ReportedOnly is null, Verdict.Holds) switch
    {
        (true, true) => "holds",
        (true, false) => "DOES NOT HOLD",
        (false, true) => "reported: holds",
        (false, false) => "reported: does not hold",
    };

    /// <summary>The different seeds of the runs, ascending.</summary>
    public IReadOnlyList<ulong> Seeds =>
        [.. Groups.SelectMany(group => group.Experiments).Select(experiment => experiment.Seed).Distinct().Order()];

    /// <summary>Judges a claim's runs.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="engineId">The engine that trained them.</param>
    /// <param name="runs">One for each of the claim's experiments, in their order.</param>
    /// <exception cref="ArgumentException">The number of runs is not that of the experiments.</exception>
    public static ClaimRun Of(Claim claim, Tier tier, string engineId, IReadOnlyList<TrainedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(runs);
        return Of(claim, tier, engineId, claim.Read(tier, runs), [.. runs.Select(run => run.Origin)]);
    }

    /// <summary>Judges groups whose weights were read before.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="engineId">The engine that trained them.</param>
    /// <param name="groups">As the claim lists them at the tier.</param>
    /// <param name="origins">One a run, group by group.</param>
    /// <exception cref="ArgumentException">The number of origins is not that of the runs.</exception>
    public static ClaimRun Of(
        Claim claim, Tier tier, string engineId, IReadOnlyList<TrainedGroup> groups, IReadOnlyList<RunOrigin> origins)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(origins);
        int runs = groups.Sum(group => group.Curves.Count);
        if (origins.Count != runs)
        {
            throw new ArgumentException($"{claim.Name} has {runs} runs and {origins.Count} origins; each run has one.", nameof(origins));
        }

        List<ClaimRunGroup> judged = [];
        int first = 0;
        foreach ((RunGroup group, TrainedGroup trained) in claim.Groups(tier).Zip(groups))
        {
            judged.Add(new(group.Experiments, trained, [.. origins.Skip(first).Take(trained.Curves.Count)]));
            first += trained.Curves.Count;
        }

        return new ClaimRun(claim, tier, engineId, judged, claim.Judge(tier, groups));
    }
}

using System.Globalization;
using Grokking.Claims;
using Grokking.Numerics;
using Grokking.Training;

namespace Grokking.Calibration;

/// <summary>A claim's runs of all sets together.</summary>
/// <param name="claim">What is claimed.</param>
/// <param name="part">The folder of the papers whose groups are trained, or text that the names of the groups contain.</param>
internal sealed class Calibrated(Claim claim, string part)
{
    // None of so many bounds the rate at one in a thousand, with a confidence of 95 %.
    private const int Resamples = 3000;

    private readonly List<IReadOnlyList<TrainedGroup>> _sets = [];

    public Claim Claim { get; } = claim;

    public IReadOnlyList<RunGroup> Groups { get; } =
        claim.GetType().Namespace!.EndsWith('.' + part, StringComparison.Ordinal)
            ? claim.Groups(Tier.Quick)
            : [.. claim.Groups(Tier.Quick).Where(group => group.Name.Contains(part, StringComparison.Ordinal))];

    /// <summary>Whether all of the claim's groups are trained, so that it can be judged.</summary>
    public bool IsWhole => Groups.Count == Claim.Groups(Tier.Quick).Count;

    /// <summary>The groups on a set's seeds. What is read off a run's weights may depend on its split, and so on its seed.</summary>
    public IReadOnlyList<RunGroup> GroupsOf(int set)
    {
        ulong shift = 1000 * ((ulong)set + 1);
        return [.. Groups.Select(group => group with { Experiments = [.. group.Experiments.Select(experiment => experiment with { Seed = experiment.Seed + shift })] })];
    }

    /// <summary>Puts a set's runs into its groups.</summary>
    public IReadOnlyList<TrainedGroup> Add(IReadOnlyList<RunGroup> groups, IReadOnlyList<TrainedRun> runs)
    {
        IReadOnlyList<TrainedGroup> trained = TrainedGroup.Of(groups, runs);
        _sets.Add(trained);
        return trained;
    }

    /// <summary>
    /// How often the claim fails on groups whose seeds are drawn from the seeds of all sets, none twice, as no claim has a run twice. Groups of the same seeds
    /// get the same ones: runs with a seed in common have their data in common, and a claim may rest on that. A line behind says how often which finding was
    /// the first to fail.
    /// </summary>
    public string FalseAlarms()
    {
        var random = new RandomStream(seed: 0, "calibration");
        TrainedGroup[] pools = [.. Enumerable.Range(0, Groups.Count).Select(Pool)];
        List<string> reasons = [];
        for (int i = 0; i < Resamples; i++)
        {
            Dictionary<string, int[]> drawn = new(StringComparer.Ordinal);
            Verdict verdict = Claim.Judge(Tier.Quick, [.. pools.Zip(Groups, (pool, group) => pool.Some(PlacesOf(group, pool.Curves.Count)))]);
            reasons.AddRange(verdict.Evidence.Where(finding => !finding.Holds).Take(1).Select(finding => finding.Statement));

            int[] PlacesOf(RunGroup group, int count)
            {
                string seeds = string.Join(' ', group.Experiments.Select(experiment => experiment.Seed));
                if (!drawn.TryGetValue(seeds, out int[]? places))
                {
                    int[] order = [.. Enumerable.Range(0, count)];
                    random.Shuffle(order);
                    places = order[..group.Experiments.Count];
                    drawn.Add(seeds, places);
                }

                return places;
            }
        }

        return string.Join('\n', [
            string.Create(CultureInfo.InvariantCulture, $"resampled from {_sets.Count} sets: {Claim.Name} fails {reasons.Count} of {Resamples} times"),
            .. reasons.CountBy(reason => reason, StringComparer.Ordinal).OrderByDescending(reason => reason.Value)
                .Select(reason => string.Create(CultureInfo.InvariantCulture, $"    {reason.Value} by: {reason.Key}")),
        ]);
    }

    private TrainedGroup Pool(int place) => new(Groups[place].Name, [.. _sets.SelectMany(set => set[place].Curves)])
    {
        Statistics = Groups[place].Statistics.ToDictionary(
            statistic => statistic.Name,
            statistic => (IReadOnlyList<double>)[.. _sets.SelectMany(set => set[place].Of(statistic))],
            StringComparer.Ordinal),
    };
}

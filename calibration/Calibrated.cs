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
    private const int Resamples = 1000;

    private readonly List<IReadOnlyList<TrainedGroup>> _sets = [];

    public Claim Claim { get; } = claim;

    public IReadOnlyList<RunGroup> Groups { get; } =
        claim.GetType().Namespace!.EndsWith('.' + part, StringComparison.Ordinal)
            ? claim.Groups(Tier.Quick)
            : [.. claim.Groups(Tier.Quick).Where(group => group.Name.Contains(part, StringComparison.Ordinal))];

    /// <summary>Whether all of the claim's groups are trained, so that it can be judged.</summary>
    public bool IsWhole => Groups.Count == Claim.Groups(Tier.Quick).Count;

    /// <summary>Puts a set's runs into their groups.</summary>
    public IReadOnlyList<TrainedGroup> Add(IReadOnlyList<TrainedRun> runs)
    {
        IReadOnlyList<TrainedGroup> trained = TrainedGroup.Of(Groups, runs);
        _sets.Add(trained);
        return trained;
    }

    /// <summary>How often the claim fails on groups whose runs are drawn, with replacement, from the runs of all sets.</summary>
    public string FalseAlarms()
    {
        var random = new RandomStream(seed: 0, "calibration");
        TrainedGroup[] pools = [.. Enumerable.Range(0, Groups.Count).Select(Pool)];
        int failures = 0;
        for (int i = 0; i < Resamples; i++)
        {
            failures += Claim.Judge(Tier.Quick, [.. pools.Zip(Groups, (pool, group) => Draw(pool, group.Experiments.Count, random))]).Holds ? 0 : 1;
        }

        return string.Create(CultureInfo.InvariantCulture, $"resampled from {_sets.Count} sets: {Claim.Name} fails {failures} of {Resamples} times");
    }

    private TrainedGroup Pool(int place) => new(Groups[place].Name, [.. _sets.SelectMany(set => set[place].Curves)])
    {
        Statistics = Groups[place].Statistics.ToDictionary(
            statistic => statistic.Name,
            statistic => (IReadOnlyList<double>)[.. _sets.SelectMany(set => set[place].Of(statistic))],
            StringComparer.Ordinal),
    };

    private static TrainedGroup Draw(TrainedGroup pool, int count, RandomStream random)
    {
        int[] places = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(pool.Curves.Count))];
        return new TrainedGroup(pool.Name, [.. places.Select(place => pool.Curves[place])])
        {
            Statistics = pool.Statistics.ToDictionary(
                statistic => statistic.Key,
                statistic => (IReadOnlyList<double>)[.. places.Select(place => statistic.Value[place])],
                StringComparer.Ordinal),
        };
    }
}

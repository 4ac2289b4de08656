using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>Runs of a claim that differ in their seed alone.</summary>
/// <param name="Name">What they are, e.g. "x+y mod 97, 30 % data".</param>
/// <param name="Experiments">One a seed.</param>
public sealed record RunGroup(string Name, IReadOnlyList<Experiment> Experiments)
{
    /// <summary>What is read off the weights of its runs; nothing where the curves are enough.</summary>
    public IReadOnlyList<WeightStatistic> Statistics { get; init; } = [];

    /// <summary>Draws the rows of one of its runs; null where there is nothing to look at.</summary>
    public Func<Experiment, TrainedRun, IReadOnlyList<RowMap>>? Maps { get; init; }

    /// <summary>An experiment with seeds 0 … <paramref name="count"/> − 1.</summary>
    public static RunGroup Seeds(string name, Experiment experiment, int count) =>
        new(name, [.. Enumerable.Range(0, count).Select(seed => experiment with { Seed = (ulong)seed })]);
}

/// <summary>A trained group.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Curves">In the order of its seeds.</param>
public sealed record TrainedGroup(string Name, IReadOnlyList<LearningCurve> Curves)
{
    /// <summary>By the name of each <see cref="RunGroup.Statistics"/>: its values, in the order of <see cref="Curves"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Statistics { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);

    /// <summary>A group's runs as a judge sees them.</summary>
    /// <param name="group">What was trained.</param>
    /// <param name="runs">What came of it, in its order.</param>
    public static TrainedGroup Of(RunGroup group, IReadOnlyList<TrainedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(runs);
        return new TrainedGroup(group.Name, [.. runs.Select(run => run.Curve)])
        {
            Statistics = group.Statistics.ToDictionary(
                statistic => statistic.Name,
                statistic => (IReadOnlyList<double>)[.. group.Experiments.Zip(runs, statistic.Read)],
                StringComparer.Ordinal),
        };
    }

    /// <summary>Several groups' runs as a judge sees them.</summary>
    /// <param name="groups">What was trained.</param>
    /// <param name="runs">What came of it, group by group.</param>
    public static IReadOnlyList<TrainedGroup> Of(IReadOnlyList<RunGroup> groups, IReadOnlyList<TrainedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(groups);
        List<TrainedGroup> trained = [];
        int first = 0;
        foreach (RunGroup group in groups)
        {
            trained.Add(Of(group, [.. runs.Skip(first).Take(group.Experiments.Count)]));
            first += group.Experiments.Count;
        }

        return trained;
    }

    /// <summary>Some of its runs.</summary>
    /// <param name="places">Which, as they stand in <see cref="Curves"/>.</param>
    public TrainedGroup Some(IReadOnlyCollection<int> places) => this with
    {
        Curves = [.. places.Select(place => Curves[place])],
        Statistics = Statistics.ToDictionary(
            statistic => statistic.Key,
            statistic => (IReadOnlyList<double>)[.. places.Select(place => statistic.Value[place])],
            StringComparer.Ordinal),
    };

    /// <summary>Every other of its two and more runs, and the rest: groups between which nothing differs but the seeds.</summary>
    public (TrainedGroup Even, TrainedGroup Odd) Halves => (Some([.. Places(odd: false)]), Some([.. Places(odd: true)]));

    /// <summary>Its even runs and another group's odd ones, by their curves.</summary>
    /// <param name="other">A group of as many runs.</param>
    public TrainedGroup Woven(TrainedGroup other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new TrainedGroup(Name, [.. Halves.Even.Curves, .. other.Halves.Odd.Curves]);
    }

    /// <summary>Each run's steps to <see cref="CurvePoint.LearntAccuracy"/>, more than the budget where it did not get there.</summary>
    public IReadOnlyList<EventTime> StepsToLearn(Equations equations) => StepsTo(equations, CurvePoint.LearntAccuracy);

    /// <summary>Each run's steps to an accuracy, more than the budget where it did not get there.</summary>
    /// <param name="equations">Whose accuracy.</param>
    /// <param name="threshold">A share in (0, 1].</param>
    public IReadOnlyList<EventTime> StepsTo(Equations equations, double threshold) =>
        [.. Curves.Select(curve => curve.FirstCrossing(equations, threshold).Within(curve.Budget))];

    /// <summary>Each run's accuracy at the latest evaluation up to a step, a share in [0, 1].</summary>
    /// <param name="step">From 0 to the budget; after the end of a run that stopped before, its last one.</param>
    /// <param name="equations">Whose accuracy.</param>
    /// <exception cref="ArgumentOutOfRangeException">A run's budget ends before the step.</exception>
    public IReadOnlyList<double> AccuraciesAt(int step, Equations equations)
    {
        if (Curves.FirstOrDefault(curve => curve.Budget < step) is { } shorter)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"step is {step}; the budget of {Name} ends at {shorter.Budget}.");
        }

        return [.. Curves.Select(curve => curve.At(step).AccuracyOn(equations))];
    }

    /// <summary>
    /// Each run's lag: its steps to a validation accuracy in units of its steps to the same training accuracy, of the first step where that was there from the
    /// start. Censored where validation did not get there within the budget, and at 0 where training did not: the lag may then be any.
    /// </summary>
    /// <param name="threshold">A share in (0, 1].</param>
    public IReadOnlyList<EventTime> Lags(double threshold) =>
    [
        .. StepsTo(Equations.Val, threshold).Zip(StepsTo(Equations.Train, threshold), (val, train) =>
        {
            double lag = val.Time / Math.Max(1, train.Time);
            return
                train.IsCensored ? EventTime.Censored(0) :
                val.IsCensored ? EventTime.Censored(lag) :
                EventTime.Observed(lag);
        }),
    ];

    /// <summary>Each run's last accuracy, a share in [0, 1].</summary>
    /// <param name="equations">Whose accuracy.</param>
    public IReadOnlyList<double> FinalAccuracies(Equations equations) => [.. Curves.Select(curve => curve.Final.AccuracyOn(equations))];

    /// <summary>Each run's highest accuracy, a share in [0, 1].</summary>
    /// <param name="equations">Whose accuracy.</param>
    /// <exception cref="InvalidOperationException">Those without mirrors are asked for, and the curves have none.</exception>
    public IReadOnlyList<double> BestAccuracies(Equations equations) => [.. Curves.Select(curve => curve.Best(equations).AccuracyOn(equations))];

    /// <summary>Each run's highest validation accuracy, a share in [0, 1].</summary>
    public IReadOnlyList<double> BestValAccuracies => BestAccuracies(Equations.Val);

    /// <summary>The values of a statistic that the group was asked for, one a run.</summary>
    public IReadOnlyList<double> Of(WeightStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return Statistics[statistic.Name];
    }

    private IEnumerable<int> Places(bool odd) => Enumerable.Range(0, Curves.Count).Where(place => int.IsOddInteger(place) == odd);
}

using Grokking.Curves;
using Grokking.Numerics;

namespace Grokking.Claims.Power2022;

/// <summary>Runs of one task that differ in their training fraction, and how the steps they take grow as it shrinks (§3.1.1, Figure 1 centre).</summary>
/// <param name="Fractions">The shares of the table that train, in (0, 1), from the most data to the least.</param>
/// <param name="Groups">One a fraction.</param>
public sealed record FractionSweep(IReadOnlyList<double> Fractions, IReadOnlyList<TrainedGroup> Groups)
{
    /// <summary>What <see cref="Mix"/> makes, as a control says it.</summary>
    public const string MixedRuns = "the same runs, one of every fraction at each";

    /// <summary>The sweep with <see cref="Mix"/> of its groups, which no judge of a growth may pass.</summary>
    public FractionSweep Mixed => this with { Groups = Mix(Groups) };

    /// <summary>How the median steps to 99 % validation accuracy grow, a factor per percentage point of data less; null where fewer than two fractions generalise.</summary>
    public DataFractionSlope? Slope =>
        DataFractionSlope.Fit([.. Fractions.Zip(Groups, (fraction, group) => new TimesAtFraction(fraction, group.StepsToLearn(Equations.Val)))]);

    /// <summary><see cref="Slope"/> with its interval in words; "no slope" where there is none.</summary>
    public string Factor => Slope is { } slope ? Describe(slope) : "no slope";

    /// <summary>The same factor between each two neighbouring fractions, from the most data to the least, in words; "—" where one of them does not generalise.</summary>
    public string LocalFactors => string.Join("; ", Enumerable.Range(1, Fractions.Count - 1).Select(place =>
    {
        double points = 100 * (Fractions[place - 1] - Fractions[place]);
        string factor = MedianAt(place - 1) is { } before && MedianAt(place) is { } after
            ? Figures.Text($"×{Elementary.Exp(Elementary.Log(after / before) / points):0.000}")
            : "—";
        return Figures.Text($"{factor} from {100 * Fractions[place - 1]:0.#} to {100 * Fractions[place]:0.#} %");
    }));

    /// <summary>A slope with its interval in words.</summary>
    public static string Describe(DataFractionSlope slope)
    {
        ArgumentNullException.ThrowIfNull(slope);
        return Figures.Text($"×{slope.FactorPerPointLess:0.000} (95 % {slope.Interval95.Low:0.000} to {slope.Interval95.High:0.000}, n = {slope.Runs})");
    }

    /// <summary>The part of the sweep at or below a fraction.</summary>
    /// <param name="fraction">A share of the table, in (0, 1).</param>
    public FractionSweep UpTo(double fraction)
    {
        (double Fraction, TrainedGroup Group)[] part = [.. Fractions.Zip(Groups).Where(at => at.First <= fraction)];
        return new([.. part.Select(at => at.Fraction)], [.. part.Select(at => at.Group)]);
    }

    /// <summary>As many groups, each with one run of every group: nothing sets them apart but the seeds.</summary>
    /// <param name="groups">Each of at least one run; where they have fewer runs than there are groups, a run is in several.</param>
    public static IReadOnlyList<TrainedGroup> Mix(IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return [.. groups.Select((group, place) => new TrainedGroup(group.Name, [.. groups.Select((from, i) => from.Curves[(place + i) % from.Curves.Count])]))];
    }

    /// <summary>The test of whether the steps to 99 % validation accuracy grow as the data shrinks.</summary>
    public OrderedTrend Trend() => OrderedTrend.Test([.. Groups.Select(group => group.StepsToLearn(Equations.Val))]);

    /// <summary>The paper's figure: steps to 99 % over the training fraction, runs that got there as dots and the medians of all as a line.</summary>
    /// <param name="what">What they are runs of.</param>
    public PlaneFigure Figure(string what) => new(
        $"Steps to 99 % accuracy over the training fraction: {what} (as in Figure 1 centre)",
        new FigureAxis("share of the table that trains, %", IsLogarithmic: false),
        new FigureAxis("steps, log scale", IsLogarithmic: true),
        [.. new[] { ("validation", SeriesKind.Val, Equations.Val), ("training", SeriesKind.Train, Equations.Train) }.Select(Series).Where(series => series.Dots.Count > 0)]);

    private double? MedianAt(int place) => MedianTime.Of(Groups[place].StepsToLearn(Equations.Val)).Value;

    private FigureSeries Series((string Name, SeriesKind Kind, Equations Equations) of) => new(
        of.Name,
        of.Kind,
        [
            .. Fractions.Zip(Groups).SelectMany(at => at.Second.StepsToLearn(of.Equations).Where(time => !time.IsCensored)
                .Select(time => new FigurePoint(100 * at.First, time.Time))),
        ],
        [
            .. Fractions.Zip(Groups).Select(at => (Fraction: at.First, MedianTime.Of(at.Second.StepsToLearn(of.Equations)).Value))
                .Where(at => at.Value is not null).Select(at => new FigurePoint(100 * at.Fraction, at.Value!.Value)),
        ]);
}

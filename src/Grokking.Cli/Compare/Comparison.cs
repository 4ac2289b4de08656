using System.Globalization;
using Grokking.Curves;
using Grokking.Reporting;

namespace Grokking.Cli.Compare;

/// <summary>Whether a candidate generalises later or earlier than a baseline, by how much, and how sure that is.</summary>
/// <param name="Pairing">Which runs were compared.</param>
/// <param name="Ratio">Steps to 99 % validation accuracy, candidate (B) over baseline (A).</param>
internal sealed record Comparison(Pairing Pairing, PairedRatio Ratio)
{
    /// <summary>
    /// The fewest pairs of which B is called later or earlier. One pair is its own interval and of two each is an end of it; of three one stands
    /// between the others.
    /// </summary>
    public const int FewestPairs = 3;

    /// <summary>Compares the pairs.</summary>
    public static Comparison Of(Pairing pairing) => new(
        pairing,
        PairedRatio.Of(
            [.. pairing.Pairs.Select(pair => AtLeastOne(pair.Candidate.Generalized))],
            [.. pairing.Pairs.Select(pair => AtLeastOne(pair.Baseline.Generalized))]));

    /// <summary>Of the pairs in which either side generalises, B does not in more than half.</summary>
    public bool IsLost => 2 * Ratio.Lost > Pairing.Pairs.Count(pair => !pair.Baseline.Generalized.IsCensored || !pair.Candidate.Generalized.IsCensored);

    /// <summary>There are fewer than <see cref="FewestPairs"/> pairs, and B is not lost.</summary>
    public bool IsUnjudged => !IsLost && Ratio.Pairs < FewestPairs;

    /// <summary>The whole interval is above 1, and not of too few pairs.</summary>
    public bool IsLater => Ratio.Interval95.Low > 1 && Ratio.Pairs >= FewestPairs;

    /// <summary>The whole interval is below 1, and not of too few pairs.</summary>
    public bool IsEarlier => Ratio.Interval95.High < 1 && Ratio.Pairs >= FewestPairs;

    /// <summary>In one word, for a reader in a hurry.</summary>
    public string Answer => (IsLost, IsLater, IsEarlier) switch
    {
        (true, _, _) => "LOST",
        (_, true, _) => "LATER",
        (_, _, true) => "EARLIER",
        _ when IsUnjudged => "TOO FEW PAIRS",
        _ => "NO DIFFERENCE SEEN",
    };

    /// <summary>The same as a sentence's beginning.</summary>
    public string InWords => (IsLost, IsLater, IsEarlier) switch
    {
        (true, _, _) => "B loses generalisation",
        (_, true, _) => "B generalises later",
        (_, _, true) => "B generalises earlier",
        _ when IsUnjudged => "Too few pairs to tell",
        _ => "No difference seen",
    };

    /// <summary>E.g. "10: B later in 9, earlier in 0, undecided in 1; lost in 2, gained in 0".</summary>
    public string Counts => string.Create(
        CultureInfo.InvariantCulture,
        $"{Ratio.Pairs}: B later in {Ratio.Later}, earlier in {Ratio.Earlier}, undecided in {Ratio.Undecided}; lost in {Ratio.Lost}, gained in {Ratio.Gained}");

    /// <summary>The sign test's p, and the least that so many pairs can give where that is no evidence.</summary>
    public string SignTest
    {
        get
        {
            double least = Curves.SignTest.PValue(Ratio.Later + Ratio.Earlier, 0);
            string p = string.Create(CultureInfo.InvariantCulture, $"p {(Ratio.PValue < 0.0001 ? "< 0.0001" : "= " + Ratio.PValue.ToString("0.####", CultureInfo.InvariantCulture))} of {Ratio.Later} later and {Ratio.Earlier} earlier");
            return least > 0.05 ? string.Create(CultureInfo.InvariantCulture, $"{p}; so few pairs cannot give less than {least:0.####}") : p;
        }
    }

    /// <summary>The ratio with its interval, e.g. "×1.35 (95 % interval ×1.21 to ×1.52)"; "at least ×1.62" where budgets hide the rest.</summary>
    public string Effect => $"{RatioInWords} (95 % interval {Times(Ratio.Interval95.Low)} to {Times(Ratio.Interval95.High)})";

    /// <summary>E.g. "5 of 5, median 1,546".</summary>
    /// <param name="side">A run of each pair.</param>
    public string Generalized(Func<RunPair, ComparedRun> side)
    {
        EventTime[] times = [.. Pairing.Pairs.Select(pair => side(pair).Generalized)];
        MedianTime median = MedianTime.Of(times);
        string steps = string.Create(CultureInfo.InvariantCulture, $"{(median.Value is null ? "> " : "")}{median.AtLeast:N0}");
        return string.Create(CultureInfo.InvariantCulture, $"{times.Count(time => !time.IsCensored)} of {times.Length}, median {steps} steps");
    }

    private string RatioInWords => (Ratio.AtLeast, Ratio.AtMost) switch
    {
        (0, double.PositiveInfinity) => "not known",
        (_, double.PositiveInfinity) => "at least " + Times(Ratio.AtLeast),
        (0, _) => "at most " + Times(Ratio.AtMost),
        _ when Ratio.Value is { } value => Times(value),
        _ => $"{Times(Ratio.AtLeast)} to {Times(Ratio.AtMost)}",
    };

    /// <summary>
    /// Whether B is slower by a factor: lost, or the ratio is at least the factor (where it is only known up to an interval, may be) and the whole
    /// interval is above 1.
    /// </summary>
    /// <param name="factor">≥ 1.</param>
    public bool IsSlowerBy(double factor) => IsLost || (IsLater && Ratio.AtMost >= factor);

    /// <summary>One row a pair.</summary>
    public Table Tabulate()
    {
        var table = new Table([ComparedRun.Seed, .. Pairing.Varying, "Steps A", "Steps B", "B/A", ""]);
        foreach (RunPair pair in Pairing.Pairs)
        {
            EventTime a = AtLeastOne(pair.Baseline.Generalized), b = AtLeastOne(pair.Candidate.Generalized);
            table.Add(
            [
                pair.Baseline.ValueOf(ComparedRun.Seed),
                .. Pairing.Varying.Select(path => (Cell)pair.Baseline.ValueOf(path)),
                Steps(a),
                Steps(b),
                RatioOfPair(PairedRatio.Ratio(b, a)),
                WordOfPair(b, a),
            ]);
        }

        return table;
    }

    /// <summary>Steps with thousands separators, "> 6,000" where a run had not generalised by then.</summary>
    public static string Steps(EventTime time) => string.Create(CultureInfo.InvariantCulture, $"{(time.IsCensored ? "> " : "")}{time.Time:N0}");

    private static string RatioOfPair(Interval ratio) => (ratio.Low, ratio.High) switch
    {
        (0, double.PositiveInfinity) => "?",
        (0, _) => "< " + Times(ratio.High),
        (_, double.PositiveInfinity) => "> " + Times(ratio.Low),
        _ => Times(ratio.High),
    };

    private static string WordOfPair(EventTime b, EventTime a) => (b.IsCensored, a.IsCensored) switch
    {
        (true, true) => "neither",
        (true, false) => "lost",
        (false, true) => "gained",
        _ => PairedRatio.IsLater(b, a) ? "later" : PairedRatio.IsLater(a, b) ? "earlier" : "equal",
    };

    private static string Times(double ratio) => double.IsInfinity(ratio) ? "∞" : string.Create(CultureInfo.InvariantCulture, $"×{ratio:0.00}");

    // A model that generalises before its first update has no ratio to another.
    private static EventTime AtLeastOne(EventTime time) => time.Time >= 1 ? time : time.IsCensored ? EventTime.Censored(1) : EventTime.Observed(1);
}

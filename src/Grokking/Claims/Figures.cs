using System.Globalization;
using Grokking.Curves;
using MathNet.Numerics.Statistics;

namespace Grokking.Claims;

/// <summary>How a measured figure is written in a verdict: invariant, and rounded so that it can be read.</summary>
internal static class Figures
{
    /// <summary>A ratio with one decimal, e.g. "18.4×"; "never" where its numerator never came.</summary>
    public static string Times(double ratio) => double.IsPositiveInfinity(ratio) ? "never" : Text($"{ratio:0.0}×");

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double share) => Text($"{100 * share:0.0} %");

    /// <summary>The least and the greatest share of several runs, as percentages.</summary>
    public static string Percents(IEnumerable<double> shares) => Range([.. shares], Percent);

    /// <summary>A difference of two shares in percentage points with one decimal and its sign.</summary>
    public static string Points(double difference) => Text($"{100 * difference:+0.0;-0.0;0.0} points");

    /// <summary>A number with three decimals.</summary>
    public static string Thousandths(double number) => Text($"{number:0.000}");

    /// <summary>A number with two decimals, "none" where there is none.</summary>
    public static string Number(double number) => double.IsNaN(number) ? "none" : Text($"{number:0.00}");

    /// <summary>A step count with thousands separators.</summary>
    public static string Steps(double steps) => double.IsFinite(steps) ? Text($"{steps:N0}") : "never";

    /// <summary>The Kaplan–Meier median of step counts; "never" where it was not seen.</summary>
    public static string Median(IReadOnlyList<EventTime> steps) =>
        KaplanMeier.Estimate(steps).Median is { } median ? Steps(median) : "never";

    /// <summary>The median of several runs, with their range as its interval: "89.2 % (77.8 % to 97.8 %, n = 5)".</summary>
    public static string Median(IReadOnlyCollection<double> values, Func<double, string> format) =>
        Text($"{format(values.Median())} ({Between(values, format)}, n = {values.Count})");

    /// <summary>The same of times of which some were not seen, each of these shown as "≥" the least it can be.</summary>
    public static string Median(IReadOnlyList<EventTime> times, Func<double, string> format)
    {
        MedianTime median = MedianTime.Of(times);
        string[] ascending = [.. times.OrderBy(time => time.AtLeast).Select(time => (time.IsCensored ? "≥ " : "") + format(time.AtLeast))];
        string value = (median.AtLeast < median.AtMost ? "≥ " : "") + format(median.AtLeast);
        return Text($"{value} ({Between(ascending[0], ascending[^1])}, n = {times.Count})");
    }

    /// <summary>
    /// The least and the greatest of several runs, "77.8 % to 97.8 % (n = 5)". Where these are seeds of one experiment the median of all seeds
    /// lies between them with probability 1 − 2^(1 − n), whatever their distribution.
    /// </summary>
    public static string Range(IReadOnlyCollection<double> values, Func<double, string> format) =>
        Text($"{Between(values, format)} (n = {values.Count})");

    /// <summary>The least and the greatest of some values, or the one text that both have.</summary>
    public static string Between(IReadOnlyCollection<double> values, Func<double, string> format) => Between(values.Min(), values.Max(), format);

    /// <summary>
    /// By how much the runs of one group are above those of another: the two that are closest and the two that are farthest apart, "+89.1 points to
    /// +98.7 points (n = 5 and 3)".
    /// </summary>
    public static string Lead(IReadOnlyCollection<double> above, IReadOnlyCollection<double> below) => Text(
        $"{Between(above.Min() - below.Max(), above.Max() - below.Min(), Points)} (n = {above.Count} and {below.Count})");

    /// <summary>
    /// A ratio of medians with its interval, "1.05× (95 % 0.71× to 1.22×, n = 5 and 5)"; "≥ 1.54× (95 % from 1.30×, …)" where the later median was not seen, and
    /// "≤ 0.72× (95 % 0.00× to 0.85×, …)" where the earlier was not.
    /// </summary>
    public static string Ratio(MedianRatio ratio)
    {
        if (ratio.AtLeast is 0 && double.IsPositiveInfinity(ratio.AtMost))
        {
            return Text($"unknown, as neither median was seen (n = {ratio.LaterRuns} and {ratio.EarlierRuns})");
        }

        string value = ratio.Value is { } known ? Hundredths(known)
            : ratio.AtLeast > 0 ? $"≥ {Hundredths(ratio.AtLeast)}"
            : $"≤ {Hundredths(ratio.AtMost)}";
        string least = Hundredths(ratio.Interval95.Low);
        string interval = double.IsPositiveInfinity(ratio.Interval95.High) ? $"from {least}" : $"{least} to {Hundredths(ratio.Interval95.High)}";
        return Text($"{value} (95 % {interval}, n = {ratio.LaterRuns} and {ratio.EarlierRuns})");
    }

    /// <summary>Any text with invariant numbers.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Hundredths(double ratio) => Text($"{ratio:0.00}×");

    private static string Between(double low, double high, Func<double, string> format) => Between(format(low), format(high));

    private static string Between(string least, string greatest) =>
        string.Equals(least, greatest, StringComparison.Ordinal) ? least : $"{least} to {greatest}";
}

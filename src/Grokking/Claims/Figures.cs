using System.Globalization;
using Grokking.Curves;

namespace Grokking.Claims;

/// <summary>How a measured figure is written in a verdict: invariant, and rounded so that it can be read.</summary>
internal static class Figures
{
    /// <summary>A ratio with one decimal, e.g. "18.4×"; "never" where its numerator never came.</summary>
    public static string Times(double ratio) => double.IsPositiveInfinity(ratio) ? "never" : Text($"{ratio:0.0}×");

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double share) => Text($"{100 * share:0.0} %");

    /// <summary>The least and the greatest of some shares, as percentages.</summary>
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

    /// <summary>The least and the greatest of some values, or the one text that both have.</summary>
    public static string Range(IReadOnlyCollection<double> values, Func<double, string> format)
    {
        string low = format(values.Min()), high = format(values.Max());
        return string.Equals(low, high, StringComparison.Ordinal) ? low : $"{low} to {high}";
    }

    /// <summary>Any text with invariant numbers.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

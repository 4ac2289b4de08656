using MathNet.Numerics.Statistics;

namespace Grokking.Claims;

/// <summary>A judge's answer: whether the claim holds on the curves it was given, and the figures it rests on.</summary>
/// <param name="Holds">Whether every part of the claim held.</param>
/// <param name="Effect">The claim's statistic in a few words with its unit, e.g. "generalises 21× later (18–25)".</param>
/// <param name="Evidence">One line per part of the claim: what was required, what was measured, and whether it held.</param>
public sealed record Verdict(bool Holds, string Effect, IReadOnlyList<Finding> Evidence)
{
    /// <summary>The verdict that holds exactly when all its findings do.</summary>
    public static Verdict Of(string effect, params IReadOnlyList<Finding> evidence) =>
        new(evidence.All(finding => finding.Holds), effect, evidence);
}

/// <summary>One inequality of a claim.</summary>
/// <param name="Statement">What must hold, in the field's units, with its bound.</param>
/// <param name="Measured">The measured value that was held against the bound.</param>
/// <param name="Holds">Whether it did.</param>
public sealed record Finding(string Statement, string Measured, bool Holds)
{
    /// <summary>How the statement of a negative control begins.</summary>
    public const string ControlPrefix = "control: ";

    /// <summary>Whether this is a negative control: the judge had to refuse something.</summary>
    public bool IsControl { get; init; }

    /// <summary>Every seed's value is at or above a bound.</summary>
    /// <param name="what">What is measured, of whom.</param>
    /// <param name="values">One a seed.</param>
    /// <param name="bound">The least that is allowed.</param>
    /// <param name="format">How a value is written.</param>
    public static Finding EveryAtLeast(string what, IReadOnlyCollection<double> values, double bound, Func<double, string> format) =>
        Every(what + " ≥ ", values, value => value >= bound, bound, format);

    /// <summary>Every seed's value is at or below a bound.</summary>
    /// <inheritdoc cref="EveryAtLeast"/>
    public static Finding EveryAtMost(string what, IReadOnlyCollection<double> values, double bound, Func<double, string> format) =>
        Every(what + " ≤ ", values, value => value <= bound, bound, format);

    /// <summary>The median seed's value is at or above a bound.</summary>
    /// <inheritdoc cref="EveryAtLeast"/>
    public static Finding MedianAtLeast(string what, IReadOnlyCollection<double> values, double bound, Func<double, string> format) =>
        OfMedian(what + ", median ≥ ", values, value => value >= bound, bound, format);

    /// <summary>The median seed's value is at or below a bound.</summary>
    /// <inheritdoc cref="EveryAtLeast"/>
    public static Finding MedianAtMost(string what, IReadOnlyCollection<double> values, double bound, Func<double, string> format) =>
        OfMedian(what + ", median ≤ ", values, value => value <= bound, bound, format);

    /// <summary>A negative control: the same judge on runs of which the claim is false. It holds when that judge refuses them.</summary>
    /// <param name="what">What the control is.</param>
    /// <param name="verdict">The judge's answer, which has to be no.</param>
    public static Finding Refuses(string what, IReadOnlyList<Finding> verdict)
    {
        Finding? reason = verdict.FirstOrDefault(finding => !finding.Holds);
        return new Finding(
            $"{ControlPrefix}{what} must fail", reason is null ? "passed" : $"failed: {reason.Statement} ({reason.Measured})", reason is not null)
        {
            IsControl = true,
        };
    }

    private static Finding OfMedian(
        string what, IReadOnlyCollection<double> values, Func<double, bool> holds, double bound, Func<double, string> format) =>
        new($"{what}{format(bound)}", Figures.Median(values, format), holds(values.Median()));

    private static Finding Every(
        string what, IReadOnlyCollection<double> values, Func<double, bool> holds, double bound, Func<double, string> format) =>
        new($"{what}{format(bound)}, every seed", Figures.Range(values, format), values.All(holds));
}

using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Grokking.Curves;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>
/// How far a run may be from the approved one on an engine that does not promise its bits. Every snapshot of such an engine declares them; what they do not
/// name has to be equal: what is claimed, what is trained, on which engine, and whether the claim and each of its findings hold.
/// </summary>
/// <param name="MilestoneRatio">A milestone may come earlier or later by this factor, beyond the evaluations that enclose it.</param>
/// <param name="Share">A last accuracy, or a share of anything in the verdict's effect, may be higher or lower by this much.</param>
/// <param name="EffectRatio">Any other number in the verdict's effect may be larger or smaller by this factor.</param>
internal sealed partial record SnapshotTolerances(
    [property: JsonPropertyOrder(0)] double MilestoneRatio,
    [property: JsonPropertyOrder(1)] double Share,
    [property: JsonPropertyOrder(2)] double EffectRatio)
{
    /// <summary>Of engines that add in another order than the run before them.</summary>
    public static SnapshotTolerances OtherSums { get; } = new(MilestoneRatio: 1.5, Share: 0.1, EffectRatio: 1.5);

    /// <summary>Whether a difference is within the tolerances.</summary>
    /// <param name="path">Of the value, e.g. "runs[0].last.valAccuracy".</param>
    /// <param name="approved">The value as JSON; null where there is none.</param>
    /// <param name="received">The value as JSON; null where there is none.</param>
    public bool Forgive(string path, string? approved, string? received)
    {
        if (NotCompared().IsMatch(path))
        {
            return true;
        }

        return approved is not null && received is not null && (
            (path is "verdict.effect" && IsEffectHeld(approved, received))
            || (Crossing().IsMatch(path) && IsNear(IntervalOf(approved), IntervalOf(received)))
            || (Outcome().IsMatch(path) && !$"{approved}{received}".Contains(nameof(RunOutcome.Diverged), StringComparison.Ordinal))
            || (LastAccuracy().IsMatch(path) && IsNear(approved, received)));
    }

    // Stretched by the ratio the intervals touch. A crossing that was not seen lies between the last evaluation and infinity.
    private bool IsNear((double After, double By) a, (double After, double By) b) =>
        a.After <= b.By * MilestoneRatio && b.After <= a.By * MilestoneRatio;

    private bool IsNear(string approved, string received) =>
        double.TryParse(approved, CultureInfo.InvariantCulture, out double a)
        && double.TryParse(received, CultureInfo.InvariantCulture, out double b)
        && Math.Abs(a - b) <= Share;

    // The same words, "never" among them.
    private bool IsEffectHeld(string approved, string received)
    {
        MatchCollection a = NumberInWords().Matches(approved), b = NumberInWords().Matches(received);
        return string.Equals(NumberInWords().Replace(approved, "#"), NumberInWords().Replace(received, "#"), StringComparison.Ordinal)
            && a.Zip(b).All(pair => IsHeld(pair.First, pair.Second));
    }

    private bool IsHeld(Match approved, Match received)
    {
        double a = ValueOf(approved), b = ValueOf(received);
        (Group whole, Group otherWhole) = (approved.Groups["whole"], received.Groups["whole"]);
        if (!string.Equals(whole.Value, otherWhole.Value, StringComparison.Ordinal))
        {
            return false;
        }

        return whole.Success ? Math.Abs(a - b) <= Share * WholeOf(whole) : Math.Sign(a) == Math.Sign(b) && Math.Max(Math.Abs(a), Math.Abs(b)) <= EffectRatio * Math.Min(Math.Abs(a), Math.Abs(b));
    }

    private static double ValueOf(Match number) =>
        double.Parse(number.Groups["value"].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // "9 of 20" is a share of 20, "9 %" and "9 points" one of 100.
    private static double WholeOf(Group whole) =>
        whole.Value.StartsWith(" of ", StringComparison.Ordinal) ? double.Parse(whole.ValueSpan[4..], CultureInfo.InvariantCulture) : 100;

    private static (double After, double By) IntervalOf(string milestone)
    {
        Match match = Interval().Match(milestone);
        return match.Success
            ? (StepOf(match.Groups["after"]), StepOf(match.Groups["by"]))
            : throw new FormatException($"{milestone} is no milestone.");
    }

    private static double StepOf(Group step) => step.Value is "∞" ? double.PositiveInfinity : double.Parse(step.Value, CultureInfo.InvariantCulture);

    // What was measured for a finding is judged by whether the finding holds. A late spike of the loss moves a sustained crossing by the whole run.
    [GeneratedRegex(
        @"^(verdict\.evidence\[\d+\]\.measured|published\[\d+\]\.ours|runs\[\d+\]\.(weights\..*|last\.(step|trainLoss|valLoss|weightNorm)|milestones\.sustained.*))$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotCompared();

    [GeneratedRegex(@"^runs\[\d+\]\.milestones\.(train|val)\d+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Crossing();

    // Whether it reached its goal is told by its milestones.
    [GeneratedRegex(@"^runs\[\d+\]\.outcome$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Outcome();

    [GeneratedRegex(@"^runs\[\d+\]\.last\.(train|val|mirrorFreeVal)Accuracy$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastAccuracy();

    [GeneratedRegex(@"[\(\[](?<after>\d+), (?<by>\d+|∞)[\)\]]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();

    [GeneratedRegex(@"(?<value>-?\d+(,\d{3})*(\.\d+)?)(?<whole> %| points| of \d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberInWords();
}

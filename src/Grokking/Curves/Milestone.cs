namespace Grokking.Curves;

/// <summary>When something came to hold, as far as the evaluations tell: after one step and by another.</summary>
/// <param name="After">The last evaluation before it at which it did not hold; null where it held from the first.</param>
/// <param name="By">The first evaluation at which it held; null where that was not seen before the run ended (censored).</param>
public sealed record Milestone(int? After, int? By)
{
    /// <summary>As a time for statistics: <see cref="By"/>, or more than the budget.</summary>
    /// <param name="budget">The steps the run was allowed.</param>
    public EventTime Within(int budget) => By is { } step ? EventTime.Observed(step) : EventTime.Censored(budget);

    /// <summary>E.g. "(1000, 1050]", "[0, 0]" or "(950, ∞)".</summary>
    public override string ToString() => (After, By) switch
    {
        (null, null) => "[0, ∞)",
        (null, _) => $"[0, {By}]",
        (_, null) => $"({After}, ∞)",
        _ => $"({After}, {By}]",
    };
}

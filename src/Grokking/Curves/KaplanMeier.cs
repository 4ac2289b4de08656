namespace Grokking.Curves;

/// <summary>One step of a survival curve.</summary>
/// <param name="Time">A time at which something happened.</param>
/// <param name="AtRisk">How many were still without an event just before it; one censored at this very time is among them.</param>
/// <param name="Events">To how many it happened at this time.</param>
/// <param name="Survival">Estimated share without an event after this time.</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Events, double Survival);

/// <summary>
/// The product-limit estimate S(t) = Π (1 − dᵢ/nᵢ) over the event times tᵢ ≤ t (Kaplan and Meier 1958), for censoring times that differ
/// from one to the next: runs with different budgets.
/// </summary>
/// <param name="Steps">Ascending in time; without any event, empty.</param>
public sealed record KaplanMeier(IReadOnlyList<SurvivalStep> Steps)
{
    // Without censoring S is k/n, and a product of rounded quotients may miss ½ by a few units in the last place.
    private const double Rounding = 1e-12;

    /// <summary>
    /// The time at which S(t) falls to below ½, or, where it is ½ from one event to the next, the middle between them, which without censoring is the median;
    /// null where the estimate never falls that far, or falls to ½ at its last event.
    /// </summary>
    public double? Median
    {
        get
        {
            SurvivalStep? half = Steps.FirstOrDefault(step => step.Survival <= 0.5 + Rounding);
            if (half is null || half.Survival < 0.5 - Rounding)
            {
                return half?.Time;
            }

            return Steps.FirstOrDefault(step => step.Time > half.Time) is { } next ? (half.Time + next.Time) / 2 : null;
        }
    }

    /// <summary>The estimate from these times.</summary>
    /// <param name="times">At least one.</param>
    public static KaplanMeier Estimate(IReadOnlyCollection<EventTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0)
        {
            throw new ArgumentException("times must have at least one element and has none.", nameof(times));
        }

        List<SurvivalStep> steps = [];
        double survival = 1;
        foreach (double time in times.Where(each => !each.IsCensored).Select(each => each.Time).Distinct().Order())
        {
            int atRisk = times.Count(each => each.Time >= time);
            int events = times.Count(each => !each.IsCensored && each.Time.Equals(time));
            survival *= (double)(atRisk - events) / atRisk;
            steps.Add(new SurvivalStep(time, atRisk, events, survival));
        }

        return new KaplanMeier(steps);
    }
}

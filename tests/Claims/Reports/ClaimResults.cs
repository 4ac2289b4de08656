namespace Grokking.Tests.Claims.Reports;

/// <summary>The claims that have ended so far; they end at the same time on different threads.</summary>
internal sealed class ClaimResults
{
    private readonly Lock _gate = new();
    private readonly List<ClaimOutcome> _outcomes = [];

    public void Add(ClaimOutcome outcome)
    {
        lock (_gate)
        {
            _outcomes.Add(outcome);
        }
    }

    public IReadOnlyList<ClaimOutcome> Sorted()
    {
        lock (_gate)
        {
            return [.. _outcomes.OrderBy(outcome => outcome.Row.Claim, StringComparer.Ordinal)];
        }
    }
}

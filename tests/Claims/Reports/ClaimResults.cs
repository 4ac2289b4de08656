using Grokking.Reporting;

namespace Grokking.Tests.Claims.Reports;

/// <summary>The rows so far; claims end at the same time on different threads.</summary>
internal sealed class ClaimResults
{
    private readonly Lock _gate = new();
    private readonly List<ClaimResult> _results = [];

    public void Add(ClaimResult result)
    {
        lock (_gate)
        {
            _results.Add(result);
        }
    }

    public IReadOnlyList<ClaimResult> Sorted()
    {
        lock (_gate)
        {
            return [.. _results.OrderBy(result => result.Claim, StringComparer.Ordinal)];
        }
    }
}

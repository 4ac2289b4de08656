using Grokking.Reporting;

namespace Grokking.Tests.Claims.Reports;

/// <summary>What became of a claim's test.</summary>
/// <param name="Row">Its row in the table.</param>
/// <param name="Failure">Why it failed, as the test says it; null where it passed.</param>
internal sealed record ClaimOutcome(ClaimResult Row, string? Failure);

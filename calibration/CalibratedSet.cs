using System.Text;

namespace Grokking.Calibration;

/// <summary>What a claim has to say of one set of seeds.</summary>
/// <param name="Rows">A line of CSV a run.</param>
/// <param name="Verdict">With its findings; empty where not all groups were trained.</param>
/// <param name="Passes">False where a claim that gates does not hold.</param>
internal sealed record CalibratedSet(StringBuilder Rows, StringBuilder Verdict, bool Passes);

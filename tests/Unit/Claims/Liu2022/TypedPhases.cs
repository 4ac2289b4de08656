using Grokking.Claims;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Liu2022;

/// <summary>Ten runs of the toy each, told apart by when they get to 90 %.</summary>
internal static class TypedPhases
{
    /// <summary>Runs of which the first few get to 90 % of either accuracy and the others stay just below.</summary>
    public static TrainedGroup Runs(int fit, int generalize, int at = 100) => new(
        "runs", [.. Enumerable.Range(0, 10).Select(run => Accuracies((at, run < fit ? 0.9 : 0.89, run < generalize ? 0.9 : 0.89)))]);
}

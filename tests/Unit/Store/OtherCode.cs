using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Store;

/// <summary>Runs as other builds of the training code would have made them.</summary>
internal static class OtherCode
{
    /// <summary>The key that a build gives a run.</summary>
    public static RunKey KeyOf(Experiment experiment, string engineId, int build = 1) =>
        new(RunKey.Of(experiment, engineId).SpecText.Replace("\"Grokking ", FormattableString.Invariant($"\"Grokking {build}"), StringComparison.Ordinal));
}

using Grokking.Curves;

namespace Grokking.Claims;

/// <summary>Whether runs that must not generalise have learnt what they train on: those that diverged or never began would be as far behind.</summary>
internal static class Memorization
{
    /// <summary>A share of the training equations; no such run of calibration/results/power2022.csv has less than 99 %.</summary>
    public const double LeastTrainAccuracy = 0.95;

    /// <summary>Judges the best training accuracy of every run.</summary>
    /// <param name="what">What the groups are.</param>
    /// <param name="groups">The groups.</param>
    public static Finding Judge(string what, IEnumerable<TrainedGroup> groups) => Finding.EveryAtLeast(
        $"{what}: best training accuracy", [.. groups.SelectMany(group => group.BestAccuracies(Equations.Train))], LeastTrainAccuracy, Figures.Percent);
}

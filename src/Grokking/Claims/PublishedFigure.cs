namespace Grokking.Claims;

/// <summary>A number that a paper gives for what a claim says, and how the same is read off our curves.</summary>
/// <param name="What">The quantity, e.g. "Steps to 99 % training accuracy".</param>
/// <param name="Value">What the paper gives, with what it was measured on where that differs from ours.</param>
/// <param name="Source">Where it gives it.</param>
/// <param name="Ours">The same quantity of trained groups, as the claim lists them at the tier; or why there is none.</param>
public sealed record PublishedFigure(string What, string Value, string Source, Func<Tier, IReadOnlyList<TrainedGroup>, string> Ours);

namespace Grokking.Claims;

/// <summary>A judge's answer: whether the claim holds on the curves it was given, and the figures it rests on.</summary>
/// <param name="Holds">Whether every part of the claim held.</param>
/// <param name="Effect">The claim's statistic in a few words with its unit, e.g. "generalises 21× later (18–25)".</param>
/// <param name="Evidence">One line per part of the claim: what was required, what was measured, and whether it held.</param>
public sealed record Verdict(bool Holds, string Effect, IReadOnlyList<Finding> Evidence);

/// <summary>One inequality of a claim.</summary>
/// <param name="Statement">What must hold, in the field's units, with its bound.</param>
/// <param name="Measured">The measured value that was held against the bound.</param>
/// <param name="Holds">Whether it did.</param>
public sealed record Finding(string Statement, string Measured, bool Holds);
